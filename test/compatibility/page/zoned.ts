/** A page with zone.js, loaded between its sockets. */
import { connect, describeApi, failures, misuse } from './socket-use.ts';
import { type Note, socketUrl, transcribe, until } from './transcript.ts';

/** What zone.js adds to targets of events. */
interface Zoned {
  eventListeners(type: string): unknown[];
  removeAllListeners(type?: string): void;
}

async function work(note: Note): Promise<void> {
  const older = await connect(note, 'older');
  await import('zone.js');
  describeApi(note);
  await misuse(note);
  await older.exchange();
  await older.finish();
  await insideZone(note);
  const newer = await connect(note, 'newer');
  await newer.exchange();
  await newer.finish();
  await withoutListeners(note);
  await failures(note);
}

async function insideZone(note: Note): Promise<void> {
  const tasks: string[] = [];
  const zone = Zone.current.fork({
    name: 'inner',
    onScheduleTask(parent, _current, target, task) {
      if (task.type === 'eventTask') tasks.push(`schedule ${task.source}`);
      return parent.scheduleTask(target, task);
    },
    onInvokeTask(parent, _current, target, task, self, args) {
      if (task.type === 'eventTask') tasks.push(`invoke ${task.source}`);
      return parent.invokeTask(target, task, self, args);
    },
    onHandleError(_parent, _current, _target, error: unknown) {
      tasks.push(`error ${error}`);
      return false;
    },
  });
  let closed = false;
  const socket: WebSocket = zone.run(() => {
    const created = new WebSocket(socketUrl('/echo/zoned'));
    created.onopen = () => {
      note('open in', Zone.current.name);
      created.send('from a zone');
    };
    created.addEventListener('message', ({ data }) => note('message in', Zone.current.name, data));
    created.addEventListener('message', () => {
      created.close(4002);
      throw new Error('of a listener');
    });
    return created;
  });
  socket.addEventListener('close', ({ code }) => {
    note('close in', Zone.current.name, code);
    closed = true;
  });
  const { eventListeners } = socket as unknown as Zoned;
  for (const type of ['open', 'message', 'error', 'close'])
    note('listeners for', type, eventListeners.call(socket, type).length);
  await until(() => closed);
  note(tasks);
}

async function withoutListeners(note: Note): Promise<void> {
  const socket = new WebSocket(socketUrl('/echo/removed'));
  let seen = 0;
  socket.addEventListener('message', () => seen++);
  await until(() => socket.readyState === 1);
  (socket as unknown as Zoned).removeAllListeners('message');
  socket.send('to nobody');
  socket.send('close 4003 removed');
  await until(() => socket.readyState === 3);
  note('removed listeners saw', seen);
}

transcribe(work);
