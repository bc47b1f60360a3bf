import { beforeEach, describe, expect, test } from 'vitest';
import {
  hiddenTypesText,
  hideTypeOf,
  isTypeShown,
  showAllTypes,
  showOnlyType,
  toggleHeartbeats,
  withoutType,
  withType,
} from '../../../../../src/panel/model/types/choosing.ts';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { BINARY, HEARTBEATS } from '../../../../../src/store/counts/type-keys.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

const ALL = { hidden: [], only: [] };
let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
  world.addSocket();
});

const texts = () => world.shown().map((payload) => (typeof payload === 'string' ? payload : 'bytes'));

describe('messages of hidden types', () => {
  const PING = '{"type":"ping"}';
  const TRADE = '{"type":"trade"}';

  test('are not shown, nor those that come later; events are', () => {
    world.addFrames({ kind: FrameKind.open }, { payload: PING }, { payload: TRADE });
    toggleHeartbeats(world.model);
    world.paint();
    expect(texts()).toEqual(['bytes', TRADE]);
    world.addTexts(PING, 'pong', TRADE);
    expect(texts()).toEqual(['bytes', TRADE, TRADE]);
    toggleHeartbeats(world.model);
    world.paint();
    expect(texts()).toHaveLength(6);
  });

  test('are told apart by the field that a person has chosen', () => {
    world.addTexts('{"type":"trade","symbol":"A"}', '{"type":"trade","symbol":"B"}');
    world.model.settings.of(SETTINGS.shownTypes).value = withoutType(ALL, 'A');
    world.paint();
    expect(texts()).toHaveLength(2);
    world.model.settings.of(SETTINGS.typeField).value = 'symbol';
    world.paint();
    expect(texts()).toEqual(['{"type":"trade","symbol":"B"}']);
  });

  test('are those written so, while a filter for a type takes either case', () => {
    world.addTexts('{"type":"connect"}', '{"type":"CONNECT"}');
    world.model.settings.of(SETTINGS.shownTypes).value = withoutType(ALL, 'CONNECT');
    world.paint();
    expect(texts()).toEqual(['{"type":"connect"}']);
    world.model.settings.of(SETTINGS.shownTypes).value = ALL;
    world.model.filter.setText('type:Connect');
    world.paint();
    expect(texts()).toHaveLength(2);
  });

  test('are hidden from a row, also bytes, together with what the filter asks for', async () => {
    world.addFrames({ payload: new Uint8Array([1]) }, { payload: TRADE }, { payload: PING });
    await hideTypeOf(world.model, 0);
    await hideTypeOf(world.model, 2);
    world.model.filter.setText('type:trade or type:ping');
    world.paint();
    expect(texts()).toEqual([TRADE]);
    showAllTypes(world.model);
    world.paint();
    expect(texts()).toEqual([TRADE, PING]);
  });

  test('or nothing but those of one type', () => {
    world.addFrames({ kind: FrameKind.open }, { payload: PING }, { payload: TRADE });
    showOnlyType(world.model, 'trade');
    world.paint();
    expect(texts()).toEqual([TRADE]);
  });
});

describe('which types are shown', () => {
  test('a heartbeat that is shown again leaves the others hidden', () => {
    const hidden = { hidden: [HEARTBEATS], only: [] };
    expect(isTypeShown(hidden, 'ping')).toBe(false);
    const shown = withType(hidden, 'ping', ['ping', 'pong', 'trade']);
    expect(shown).toEqual({ hidden: ['pong'], only: [] });
    expect(isTypeShown(shown, 'ping')).toBe(true);
  });

  test('where only some are shown, the last one cannot go: it is hidden, and the others are back', () => {
    expect(withoutType({ hidden: [], only: ['a', 'b'] }, 'a')).toEqual({ hidden: [], only: ['b'] });
    expect(withoutType({ hidden: [], only: ['b'] }, 'b')).toEqual({ hidden: ['b'], only: [] });
    expect(withType({ hidden: [], only: ['b'] }, 'c', [])).toEqual({ hidden: [], only: ['b', 'c'] });
  });

  test('is said in few words', () => {
    expect(hiddenTypesText(ALL)).toBe('');
    expect(hiddenTypesText({ hidden: [HEARTBEATS, 'a', 'b'], only: [] })).toBe(
      'Heartbeats hidden · 2 types hidden',
    );
    expect(hiddenTypesText({ hidden: ['a'], only: [] })).toBe('1 type hidden');
    expect(hiddenTypesText({ hidden: ['a'], only: [BINARY] })).toBe('Only binary shown');
  });
});
