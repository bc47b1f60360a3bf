import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ComposerFormat } from '../../../../../src/panel/model/composer/composer.ts';
import { draftPayload } from '../../../../../src/panel/model/composer/draft-state.ts';
import { inFormat } from '../../../../../src/panel/model/composer/formats.ts';

test.each([
  { text: '', format: 'text', wanted: 'hex', becomes: '', change: undefined },
  { text: '{', format: 'text', wanted: 'json', becomes: '{', change: undefined },
  {
    text: 'hé',
    format: 'text',
    wanted: 'hex',
    becomes: '68 c3 a9',
    change: { type: 'converted', other: 'hé' },
  },
  { text: 'hé!', format: 'json', wanted: 'base64', becomes: 'aMOpIQ==', change: { type: 'converted' } },
  {
    text: 'de ad',
    format: 'text',
    wanted: 'hex',
    becomes: 'de ad',
    change: { type: 'as-typed', other: '64 65 20 61 64' },
  },
  {
    text: '68c3a9',
    format: 'hex',
    wanted: 'text',
    becomes: 'hé',
    change: { type: 'converted', other: '68c3a9' },
  },
  { text: 'aMOp', format: 'base64', wanted: 'hex', becomes: '68 c3 a9', change: { type: 'converted' } },
  { text: 'efbbbf61', format: 'hex', wanted: 'text', becomes: '\ufeffa', change: { type: 'converted' } },
  {
    text: 'ff',
    format: 'hex',
    wanted: 'text',
    becomes: 'ff',
    change: { type: 'impossible', reason: 'not-utf8' },
  },
  {
    text: 'xyz',
    format: 'hex',
    wanted: 'base64',
    becomes: 'xyz',
    change: { type: 'impossible', reason: 'not-bytes' },
  },
  {
    text: '\ud83d!',
    format: 'text',
    wanted: 'hex',
    becomes: '\ud83d!',
    change: { type: 'impossible', reason: 'lone-surrogate' },
  },
] as const)('$text as $format becomes $becomes as $wanted', ({ text, format, wanted, becomes, change }) => {
  const changed = inFormat({ text, format }, wanted);
  expect(changed.draft).toEqual({ text: becomes, format: wanted });
  if (change) expect(changed.change).toMatchObject(change);
  else expect(changed.change).toBeUndefined();
});

test('what is converted is the same on the wire, and comes back as it was', () => {
  const formats: ComposerFormat[] = ['text', 'base64', 'hex'];
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...formats), (text, wanted) => {
      const { draft, change } = inFormat({ text, format: 'text' }, wanted);
      if (change?.type !== 'converted') return;
      const payload = draftPayload(draft);
      expect(payload).toEqual({ type: 'binary', bytes: new TextEncoder().encode(text) });
      expect(inFormat(draft, 'text').draft.text).toBe(text);
    }),
  );
});
