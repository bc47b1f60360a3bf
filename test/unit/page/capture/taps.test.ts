import { expect, test, vi } from 'vitest';
import { patchedPage } from '../../helpers/page.ts';

const { Taps } = await import('../../../../src/page/capture/taps.ts');

test('with the first tap, and with no other, whoever waits for it is told', () => {
  const socket = patchedPage().watchedSocket().tap.socket();
  if (!socket) throw new Error('no socket');
  const begin = vi.fn();
  const taps = new Taps(begin);
  expect(begin).not.toHaveBeenCalled();
  taps.add(socket, false, undefined);
  taps.add(socket, false, undefined);
  expect(begin).toHaveBeenCalledOnce();
});
