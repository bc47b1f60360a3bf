import { WebsocketProvider } from 'y-websocket';
import { Doc } from 'yjs';
import { drop, type Note, socketUrl, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  const room = `room-${Math.random()}`;
  const options = { disableBc: true, maxBackoffTime: 20 };
  const [one, other] = [new Doc(), new Doc()];
  const first = new WebsocketProvider(socketUrl('/yjs'), room, one, options);
  const second = new WebsocketProvider(socketUrl('/yjs'), room, other, options);
  let syncs = 0;
  first.on('sync', (isSynced: boolean) => {
    if (isSynced) syncs++;
    note('sync', isSynced);
  });
  await until(() => first.synced && second.synced);
  one.getText('text').insert(0, 'hello');
  await until(() => other.getText('text').toString() === 'hello');
  other.getText('text').insert(5, ' world');
  await until(() => one.getText('text').toString() === 'hello world');
  first.awareness.setLocalState({ name: 'Ada' });
  await until(() => second.awareness.getStates().get(one.clientID)?.name === 'Ada');
  note('aware', second.awareness.getStates().size);
  await drop('/yjs');
  one.getText('text').insert(0, 'Oh, ');
  await until(() => syncs === 2 && second.synced);
  await until(() => other.getText('text').toString() === 'Oh, hello world');
  first.disconnect();
  other.getText('text').insert(0, '1. ');
  first.connect();
  await until(() => one.getText('text').toString() === '1. Oh, hello world');
  note(one.getText('text').toString());
  first.destroy();
  second.destroy();
}

transcribe(work);
