import { expect, test, vi } from 'vitest';

const sendMessage = vi.fn(async () => undefined);
vi.stubGlobal('browser', {
  runtime: { sendMessage, getURL: () => 'chrome-extension://framescope/' },
});
const { expectWorker } = await import('../../../src/content/worker-meeting.ts');

test('workers that introduce themselves are announced, but no flood of them', async () => {
  const meeting = new BroadcastChannel('place');
  expectWorker({ token: 'secret', url: 'https://a.test/worker.js', meeting: 'place' });
  meeting.postMessage({ token: 'guessed', channel: 'worker of nobody' });
  for (let worker = 0; worker < 1500; worker++) {
    meeting.postMessage({ token: 'secret', channel: `worker ${worker}` });
  }
  await vi.waitFor(() => expect(sendMessage.mock.calls.length).toBeGreaterThanOrEqual(1000));
  const last = new Promise((resolve) => {
    const listener = new BroadcastChannel('place');
    listener.onmessage = ({ data }) => data === 'last' && resolve(listener.close());
  });
  meeting.postMessage('last');
  await last;
  expect(sendMessage).toHaveBeenCalledTimes(1000);
  expect(sendMessage).toHaveBeenLastCalledWith(
    expect.objectContaining({ type: 'framescope-document', worker: 'https://a.test/worker.js' }),
  );
  meeting.close();
});
