import { type Note, transcribe, until } from '../transcript.ts';

/** What the modules that Vite serves tell this page. */
interface Served {
  readonly seen: string[];
  send(event: string, data: unknown): void;
}

async function work(note: Note): Promise<void> {
  const app = `app-${Math.random().toString(36).slice(2)}`;
  await edit(app, 'one');
  note('written');
  const served = (await import(/* @vite-ignore */ `/${app}/main.js`)) as Served;
  const { seen } = served;
  await until(() => seen.includes('connected'));
  note('connected');
  await edit(app, 'two');
  await until(() => seen.includes('accepted two'));
  await edit(app, 'three');
  await until(() => seen.includes('accepted three'));
  served.send('compatibility:ask', { text: 'hällo' });
  await until(() => seen.some((line) => line.startsWith('answer')));
  note(seen.map((line) => line.replace(app, 'app')));
}

async function edit(app: string, text: string): Promise<void> {
  await fetch(`/vite-edit?app=${app}&text=${text}`);
}

transcribe(work);
