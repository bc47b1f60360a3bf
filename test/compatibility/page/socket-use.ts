import { type Note, socketUrl, until } from './transcript.ts';

type Constructor = new (url: string, protocols?: string | string[]) => WebSocket;

/** All that can be asked about the constructor and the prototypes behind it. */
export function describeApi(note: Note): void {
  const own = Object.getOwnPropertyDescriptor(window, 'WebSocket');
  note('window.WebSocket', Object.keys(own ?? {}), own?.writable, own?.enumerable, own?.configurable);
  const { WebSocket } = window;
  note(typeof WebSocket, WebSocket.name, WebSocket.length, state(WebSocket), looksNative(WebSocket));
  note('static', Reflect.ownKeys(WebSocket).map(String).sort());
  for (let proto: object = WebSocket.prototype, depth = 0; proto !== EventTarget.prototype; depth++) {
    const isCurrent = proto.constructor === WebSocket;
    note(`prototype ${depth}`, state(proto), Object.prototype.toString.call(proto), isCurrent);
    for (const key of Reflect.ownKeys(proto)) note(' ', describeProperty(proto, key));
    proto = Object.getPrototypeOf(proto);
  }
  note(
    'super',
    Object.getPrototypeOf(WebSocket) === EventTarget,
    Object.getPrototypeOf(WebSocket) === Function.prototype,
  );
}

function describeProperty(owner: object, key: PropertyKey): string {
  const { value, get, set, writable, enumerable, configurable } =
    Object.getOwnPropertyDescriptor(owner, key) ?? {};
  const shown = [value, get, set].map((part: unknown) =>
    typeof part === 'function' ? `${part.name}/${part.length}/${looksNative(part)}` : String(part),
  );
  return `${String(key)} ${shown} ${writable} ${enumerable} ${configurable}`;
}

function state(object: object): string {
  if (Object.isFrozen(object)) return 'frozen';
  return Object.isExtensible(object) ? 'extensible' : 'closed';
}

/** A Proxy over somebody's function has no source to show; so over what was there before Framescope this is not asked. */
function looksNative(fn: unknown): boolean | undefined {
  if (location.pathname.includes('/early/')) return undefined;
  return /\[native code\]/.test(Function.prototype.toString.call(fn));
}

/** Runs something that may throw, and notes how it ended. */
export function attempt(note: Note, what: string, act: () => unknown): void {
  try {
    note(what, String(act()));
  } catch (error) {
    note(what, 'throws', error);
  }
}

/** What may be done wrongly with a constructor. */
export async function misuse(note: Note): Promise<void> {
  const Loose = window.WebSocket as unknown as {
    new (...args: unknown[]): WebSocket;
    (...args: unknown[]): unknown;
  };
  // A wrapper that is a plain function makes a socket where the browser throws.
  const create = async (what: string, make: () => unknown) => {
    let made: unknown;
    attempt(note, what, () => {
      made = make();
    });
    if (made) await ended(made as WebSocket);
  };
  await create('without address', () => new Loose());
  await create('without new', () => Loose(socketUrl('/echo/loose')));
  await create('bad address', () => new Loose('ws://[bad'));
  await create('bad protocols', () => new Loose(socketUrl('/echo'), ['a', 'a']));
  attempt(note, 'foreign send', () => WebSocket.prototype.send.call({} as WebSocket, 'x'));
  attempt(note, 'foreign close', () => WebSocket.prototype.close.call({} as WebSocket));
  note('assigned send', assignSend());
}

/** One socket, all of whose events are written down in the order in which they come. */
export interface Used {
  readonly socket: WebSocket;
  /** Sends and receives text and bytes. */
  exchange(): Promise<void>;
  /** Closes it and says how that ended. */
  finish(): Promise<void>;
}

/** On a frozen prototype V8 words the error after the prototype's constructor, and has no name for a Proxy: its type must do. */
function assignSend(): string {
  const { send } = WebSocket.prototype;
  try {
    WebSocket.prototype.send = send;
    return 'done';
  } catch (error) {
    return (error as Error).name;
  }
}

async function ended(socket: WebSocket): Promise<void> {
  await until(() => socket.readyState !== 0);
  if (socket.readyState === 1) socket.close();
  await until(() => socket.readyState === 3);
}

/** Creates a socket, listens to it in every manner there is and waits until it is open. */
export async function connect(
  note: Note,
  label: string,
  Socket: Constructor = window.WebSocket,
): Promise<Used> {
  const socket = new Socket(socketUrl(`/echo/${label}`), ['one', 'two']);
  const events: string[] = [];
  let messages = 0;
  let closed = false;
  const see = (how: string) => (event: Event) => {
    const known = event.target === socket && event.currentTarget === socket;
    events.push(`${how} ${event.type} ${event.isTrusted} ${known} ${event.eventPhase}`);
    queueMicrotask(() => events.push(`after ${how} ${event.type}`));
  };
  const removed = see('removed');
  const listener = { handleEvent: see('object') };
  for (const type of ['open', 'message', 'error', 'close'] as const) {
    socket.addEventListener(type, removed);
    socket[`on${type}`] = see('handler');
    socket.addEventListener(type, see('listener'));
    socket.addEventListener(type, listener);
    socket.addEventListener(type, see('once'), { once: true });
    socket.removeEventListener(type, removed);
  }
  socket.addEventListener('message', ({ data }) => {
    messages++;
    events.push(`data ${typeof data === 'string' ? data : Object.prototype.toString.call(data)}`);
  });
  socket.addEventListener('close', () => {
    closed = true;
  });
  const tell = (stage: string) => note(label, stage, events.splice(0).join('; '));
  note(label, 'created', socket.readyState, socket instanceof WebSocket, socket instanceof EventTarget);
  note(label, 'is', Object.prototype.toString.call(socket), Reflect.ownKeys(socket).map(String));
  note(
    label,
    'made by',
    socket.constructor === WebSocket,
    socket.constructor === Socket,
    socket.constructor.name,
  );
  attempt(note, `${label} too early`, () => socket.send('early'));

  async function send(data: string | ArrayBuffer | Blob, answers: number): Promise<void> {
    const before = messages;
    note(label, 'send', String(socket.send(data)));
    await until(() => messages >= before + answers);
    tell('answered');
  }

  await until(() => socket.readyState !== 0);
  note(label, 'open', socket.readyState, socket.url === socketUrl(`/echo/${label}`), socket.protocol);
  tell('opened');
  return {
    socket,
    async exchange() {
      await send('hällo', 1);
      await send('twice', 2);
      await send(new Blob(['blob']), 1);
      socket.binaryType = 'arraybuffer';
      await send(new Uint8Array([1, 2, 3]).buffer, 1);
      attempt(note, `${label} nothing`, () => (socket.send as () => void)());
      attempt(note, `${label} symbol`, () => socket.send(Symbol('no') as unknown as string));
      await send({ toString: () => 'an object' } as unknown as string, 1);
      note(label, 'own', Reflect.ownKeys(socket).map(String), socket.bufferedAmount);
    },
    async finish() {
      attempt(note, `${label} bad code`, () => socket.close(1));
      attempt(note, `${label} close`, () => socket.close(4001, 'enough'));
      note(label, 'closing', socket.readyState);
      await until(() => closed && socket.readyState === 3);
      tell('closed');
      attempt(note, `${label} too late`, () => socket.send('late'));
      attempt(note, `${label} again`, () => socket.close());
    },
  };
}

/** A socket that the server refuses, and one that it breaks. */
export async function failures(note: Note): Promise<void> {
  for (const path of ['/refuse/it', '/echo/broken']) {
    const socket = new WebSocket(socketUrl(path));
    const events: string[] = [];
    for (const type of ['open', 'error', 'close']) socket.addEventListener(type, () => events.push(type));
    socket.addEventListener('open', () => socket.send('break'));
    await new Promise<void>((resolve) => {
      socket.onclose = ({ code, reason, wasClean }) => {
        events.push(`${code} ${reason} ${wasClean}`);
        resolve();
      };
    });
    note(path, events);
  }
}
