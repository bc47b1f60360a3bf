import { beforeEach, expect, test } from 'vitest';
import { SeenValues } from '../../../../../src/panel/model/completion/known-values.ts';
import { parseFilter } from '../../../../../src/store/query/language/parse.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  world = new PanelWorld();
});

test('sockets go by what tells them apart', () => {
  world.addSocket({ url: 'wss://a.test/feed?x=1' });
  world.addSocket({ url: 'wss://a.test/feed?x=1' });
  world.addSocket({ url: 'wss://b.test/' });
  expect(new SeenValues(world.model).sockets()).toEqual(['/feed?x=1', 'b.test']);
});

test('message types come in the order of how many there are', () => {
  world.addSocket();
  world.addTexts('{"type":"a"}', '{"type":"b"}', '{"type":"b"}', '{"type":"c d"}', 'x');
  expect(new SeenValues(world.model).messageTypes()).toEqual(['b', 'a']);
});

test('paths and values are those of the newest messages, and can be typed as they are', () => {
  world.addSocket();
  world.addTexts(
    '{"a b":{"\\u00fc":[{"id":"x"},{"id":"y"}]},"n":1.5,"x":null}',
    '42["chat",{"text":"hi"}]',
    'not JSON',
    '{"broken":',
  );
  const known = new SeenValues(world.model);
  expect(known.jsonPaths().toSorted()).toEqual(
    [
      '$[*]',
      '$[*].text',
      '$["a b"]',
      '$["a b"].ü',
      '$["a b"].ü[*]',
      '$["a b"].ü[*].id',
      '$.n',
      '$.x',
    ].toSorted(),
  );
  expect(known.jsonValues('$["a b"].ü[*].id')).toEqual(['"x"', '"y"']);
  expect(known.jsonValues('$.n')).toEqual(['1.5']);
  for (const path of known.jsonPaths()) expect(parseFilter(path).ok).toBe(true);
});

test('paths lead on into JSON that is a string, as those of the filter do', () => {
  world.addSocket();
  const inner = JSON.stringify({ id: 7, deep: JSON.stringify([{ on: true }]) });
  world.addTexts(JSON.stringify({ payload: inner, note: '{no JSON' }), JSON.stringify('{"whole":1}'));
  const known = new SeenValues(world.model);
  const paths = [
    '$.note',
    '$.payload',
    '$.payload.deep',
    '$.payload.deep[*]',
    '$.payload.deep[*].on',
    '$.payload.id',
    '$.whole',
  ];
  expect(known.jsonPaths().toSorted()).toEqual(paths);
  expect(known.jsonValues('$.payload.id')).toEqual(['7']);
  for (const path of ['$.payload.deep[*].on', '$.payload.id', '$.whole']) {
    world.model.filter.setText(path);
    expect(world.model.filter.view.length).toBe(1);
  }
});

test('not all of a large tab is looked at', () => {
  world.addSocket();
  world.addTexts(...Array.from({ length: 500 }, (_, index) => JSON.stringify({ [`name${index}`]: index })));
  const paths = new SeenValues(world.model).jsonPaths();
  expect(paths).toContain('$.name499');
  expect(paths.length).toBeLessThanOrEqual(100);
});
