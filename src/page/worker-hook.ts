/**
 * Entry of the script that runs in workers before their own. Its text is written in front of the worker's (in Firefox by
 * `src/background/workers.ts`, in Chrome by `src/content/blob-copies.ts`), so it exports nothing, declares nothing and is one line. Until the worker makes its first
 * socket it opens nothing either: a channel keeps a worker alive that nobody holds any more.
 */
import type { PanelMessage } from '../protocol/messages.ts';
import { POLLED, WHO_IS_THERE, WORKER_PLACES, type WorkerIntroduction } from '../protocol/workers.ts';
import { Observer } from './capture/observe.ts';
import { Outbox } from './capture/outbox.ts';
import type { Caller } from './capture/stack.ts';
import type { Tap } from './capture/tap.ts';
import { Taps } from './capture/taps.ts';
import { obey } from './commands/obey.ts';
import {
  addListener,
  NativeUint32Array,
  nativeSend,
  readData,
  sourceOf,
  substring,
  uncurryThis,
} from './natives/natives.ts';
import { patchWebSocket } from './patch/patch.ts';

const NativeBroadcastChannel = BroadcastChannel;
const broadcast = uncurryThis(BroadcastChannel.prototype.postMessage);

class WorkerObserver extends Observer {
  constructor(
    taps: Taps,
    outbox: Outbox,
    private readonly onSocket: () => void,
  ) {
    super(taps, outbox);
  }

  override watch(socket: WebSocket, adopted: boolean, above: Caller | undefined): Tap {
    this.onSocket();
    return super.watch(socket, adopted, above);
  }
}

function start(): void {
  const name = secret();
  let channel: BroadcastChannel | undefined;
  const tryPost = (message: unknown) => {
    try {
      if (channel) broadcast(channel, message);
    } catch {
      // Short of memory a message cannot be cloned; the hole it leaves shows in the sequence numbers.
    }
  };
  const taps = new Taps();
  const outbox = new Outbox(taps, tryPost);
  const observer = new WorkerObserver(taps, outbox, () => {
    try {
      if (!channel) channel = open();
    } catch {
      // The socket is the page's all the same.
    }
  });

  /** Opens the channel to the document and says so where documents listen. */
  const open = (): BroadcastChannel => {
    const own = new NativeBroadcastChannel(name);
    addListener(own, 'message', (event) => {
      const message = readData(event) as PanelMessage;
      obey(message, observer);
      if (message.type === 'poll') tryPost(POLLED);
    });
    const meeting = new NativeBroadcastChannel(WORKER_PLACES.meeting);
    const introduction: WorkerIntroduction = { token: WORKER_PLACES.token, channel: name };
    addListener(meeting, 'message', (event) => {
      if (readData(event) === WHO_IS_THERE) broadcast(meeting, introduction);
    });
    broadcast(meeting, introduction);
    return own;
  };
  patchWebSocket(observer);
}

/** A name that nobody can guess. */
function secret(): string {
  const numbers = crypto.getRandomValues(new NativeUint32Array(4));
  return `${numbers[0]}-${numbers[1]}-${numbers[2]}-${numbers[3]}`;
}

/**
 * The modules of a module worker have this text each; the first one that runs does the work. A Proxy over a native function
 * has no name in its source, so that nothing needs to be left behind to be found.
 */
function isFirst(): boolean {
  const start = 'function send(';
  // No expression is matched: `RegExp.lastMatch` would tell the worker.
  return substring(sourceOf(nativeSend), 0, start.length) === start;
}

// All of this stands in a `try` that the build puts around it: whatever is missing here, the worker goes on without us.
if (isFirst()) start();
