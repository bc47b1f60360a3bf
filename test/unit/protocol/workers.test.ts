import fc from 'fast-check';
import { expect, test } from 'vitest';
import { panelLineName, parsePanelLineName } from '../../../src/protocol/panel-line.ts';
import { frameAddress, parseFrameAddress } from '../../../src/protocol/runtime.ts';
import {
  asNotice,
  parseWorkerAddress,
  parseWorkerPortName,
  workerAddress,
  workerPortName,
} from '../../../src/protocol/workers.ts';

const parsers = [parseFrameAddress, parseWorkerAddress, parseWorkerPortName, parsePanelLineName];
const DOCUMENT = '1-22-333-4';

test('each name is accepted by its own reader only', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (tabId, frameId) => {
      const read = (name: string) => parsers.map((parse) => parse(name));
      const address = { tabId, frameId };
      expect(read(frameAddress(tabId, frameId))).toEqual([address, undefined, undefined, undefined]);
      expect(read(workerAddress(tabId, frameId, DOCUMENT))).toEqual([
        undefined,
        { ...address, document: DOCUMENT },
        undefined,
        undefined,
      ]);
      expect(read(workerPortName(DOCUMENT))).toEqual([undefined, undefined, DOCUMENT, undefined]);
      expect(read(panelLineName(tabId))).toEqual([undefined, undefined, undefined, tabId]);
    }),
  );
});

test('other names are accepted by none', () => {
  for (const name of [
    '',
    'framescope-worker:1:2:x',
    'framescope-panel:-1',
    'framescope-worker:',
    'x:1:2:3',
  ]) {
    for (const parse of parsers) expect(parse(name)).toBeUndefined();
  }
});

test('a notice is read without unknown fields', () => {
  const notice = { type: 'framescope-worker', meeting: 'm', token: 't', url: 'https://example.test/w.js' };
  expect(asNotice({ ...notice, stray: 1 })).toEqual(notice);
  for (const key of Object.keys(notice)) expect(asNotice({ ...notice, [key]: 1 })).toBeUndefined();
  fc.assert(fc.property(fc.anything(), (message) => void asNotice(message)));
});
