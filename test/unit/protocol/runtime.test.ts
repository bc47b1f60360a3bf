import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asRuntimeMessage,
  frameAddress,
  PORT_NAME,
  parseFrameAddress,
} from '../../../src/protocol/runtime.ts';

const PASSED_ON = {
  type: 'framescope-document-passed-on',
  document: 'd',
  tabId: 1,
  frameId: 0,
  url: 'https://example.test/',
  isWorker: false,
};

test.each([
  { type: 'framescope-document', document: 'd', shownAt: 1_700_000_000_000 },
  PASSED_ON,
  {
    type: 'framescope-document',
    document: 'd',
    shownAt: 1_700_000_000_000,
    since: 1_700_000_000_000.5,
  },
  {
    type: 'framescope-document',
    document: 'd',
    shownAt: 1_700_000_000_000,
    worker: 'https://example.test/worker.js',
  },
  {
    type: 'framescope-document-passed-on',
    document: 'd',
    tabId: 1,
    frameId: 0,
    url: 'https://example.test/worker.js',
    isWorker: true,
    shownAt: 1_700_000_000_000,
  },
  { type: 'framescope-last-words', document: 'd', message: { type: 'batch' } },
  {
    type: 'framescope-last-words-passed-on',
    of: PASSED_ON,
    message: { type: 'batch' },
  },
  { type: 'framescope-roll-call', tabId: 4 },
  { type: 'framescope-may-read-pages' },
  { type: 'framescope-open-permission-page' },
])('$type is one of ours, and nothing is carried along with it', (message) => {
  expect(asRuntimeMessage({ ...message, stray: 1 })).toEqual(message);
});

test.each([
  undefined,
  null,
  'framescope-document',
  {},
  { type: 'framescope-document' },
  { type: 'framescope-document', document: 4, shownAt: 1 },
  { type: 'framescope-document', document: 'd', shownAt: '1' },
  { type: 'framescope-document-passed-on', document: 'd', tabId: 1, frameId: 0 },
  { type: 'framescope-document-passed-on', document: 'd', tabId: '1', frameId: 0, url: '' },
  { type: 'framescope-roll-call', tabId: '4' },
  { type: 'somebody-else', document: 'd' },
])('%j is none of ours', (message) => {
  expect(asRuntimeMessage(message)).toBeUndefined();
});

test('no message causes an exception', () => {
  fc.assert(fc.property(fc.anything(), (message) => void asRuntimeMessage(message)));
});

test('the address of a frame is read back', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (tabId, frameId) => {
      expect(parseFrameAddress(frameAddress(tabId, frameId))).toEqual({ tabId, frameId });
    }),
  );
});

test.each([
  '',
  PORT_NAME,
  'framescope:1',
  'framescope:1:2:3',
  'framescope:a:2',
  'framescope:1:-2',
  'framescope::',
  'other:1:2',
  'framescope:1: 2',
  'framescope:1e3:2',
])('%j is no address', (name) => {
  expect(parseFrameAddress(name)).toBeUndefined();
});
