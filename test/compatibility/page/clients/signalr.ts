import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { drop, type Note, transcribe, until } from '../transcript.ts';

async function work(note: Note): Promise<void> {
  const connection = new HubConnectionBuilder()
    .withUrl('/signalr', { skipNegotiation: true, transport: HttpTransportType.WebSockets })
    .withAutomaticReconnect([0, 10, 20, 50])
    .configureLogging(LogLevel.None)
    .build();
  let reconnected = 0;
  connection.on('announced', (text: string) => note('announced', text));
  connection.onreconnecting((error) => note('reconnecting', error?.name));
  connection.onreconnected(() => note('reconnected', ++reconnected));
  connection.onclose((error) => note('close', error?.name));
  await connection.start();
  note(connection.state, await connection.invoke('Add', 1, 2));
  note('bad', await connection.invoke('Nothing').catch((error: unknown) => error));
  await connection.send('Announce', 'hällo');
  const streamed: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    connection
      .stream('Count', 3)
      .subscribe({ next: (item) => streamed.push(item), error: reject, complete: resolve });
  });
  note('streamed', streamed);
  await drop('/signalr');
  await until(() => reconnected === 1);
  note(connection.state, await connection.invoke('Add', 3, 4));
  await connection.stop();
  note(connection.state);
}

transcribe(work);
