import { beforeEach, expect, test } from 'vitest';
import { groupSockets } from '../../../../../src/panel/model/sockets/socket-lines.ts';
import type { PanelSocket } from '../../../../../src/panel/session/recording/sockets.ts';
import { ReadyState } from '../../../../../src/protocol/sockets.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
});

/** An attempt at an endpoint that takes the place of the one before. */
function attempt(time: number, isOver = true): PanelSocket {
  const end = isOver ? { readyState: ReadyState.closed, closedAt: time + 1 } : {};
  return world.addSocket({ createdAt: time, ...end });
}

function close(socket: PanelSocket, time: number): void {
  Object.assign(socket.record, { readyState: ReadyState.closed, closedAt: time });
}

/** The line that stands for all attempts. */
function line() {
  const { model } = world;
  const found = groupSockets(model.sockets(), model.shelf.choices())[0]?.lines[0];
  if (!found) throw new Error('there is no line');
  return found;
}

function paint(): void {
  world.model.touch();
  world.paint();
}

test('a folded line shows all of its attempts, and the next one with them', () => {
  const attempts = [attempt(10), attempt(20), attempt(30)];
  world.model.shownLine.show(line());
  const next = attempt(40, false);
  paint();
  const { filter } = world.model;
  expect([...attempts, next].map(({ number }) => filter.shows(number))).toEqual([true, true, true, true]);
  expect(filter.socket.value).toBe(next.number);
});

test('a socket of the network log that turns out to be a captured one is shown as that', () => {
  const [logged, captured] = [attempt(10), world.addSocket({ url: 'wss://example.test/captured' })];
  world.model.shownLine.showSocket(logged.number);
  logged.isHidden = true;
  world.model.session.recorder.list.handOver(logged, captured);
  paint();
  expect(world.model.filter.socket.value).toBe(captured.number);
});

test('one socket is shown alone whatever follows it', () => {
  const first = attempt(10);
  world.model.shownLine.showSocket(first.number);
  const next = attempt(20, false);
  paint();
  expect(world.model.filter.socket.value).toBe(first.number);
  expect(world.model.filter.shows(next.number)).toBe(false);
});

test('a socket that was open when it was chosen is followed to the one that takes its place', () => {
  const { filter, shownLine } = world.model;
  const first = attempt(10, false);
  shownLine.showSocket(first.number);
  close(first, 11);
  const second = attempt(20, false);
  paint();
  expect(filter.socket.value).toBe(second.number);
  expect(filter.shows(first.number)).toBe(true);
  close(second, 21);
  const third = attempt(30, false);
  paint();
  expect([first, second, third].map(({ number }) => filter.shows(number))).toEqual([true, true, true]);
});

test('what has become one line is shown as one', () => {
  const { filter, shownLine } = world.model;
  const first = attempt(10);
  const second = attempt(20);
  shownLine.showSocket(first.number);
  paint();
  expect(filter.shows(second.number)).toBe(false);
  const third = attempt(30, false);
  paint();
  expect([first, second, third].map(({ number }) => filter.shows(number))).toEqual([true, true, true]);
  expect(filter.socket.value).toBe(third.number);
});

test('one attempt of a folded line that is chosen by itself stays alone', () => {
  const { filter, shownLine } = world.model;
  const [first, second] = [attempt(10), attempt(20), attempt(30)];
  shownLine.showSocket(second.number);
  attempt(40);
  paint();
  expect(filter.socket.value).toBe(second.number);
  expect(filter.shows(first.number)).toBe(false);
});

test('a socket that leaves the list is not shown alone any more', () => {
  const { model } = world;
  const gone = attempt(10);
  model.shownLine.showSocket(gone.number);
  model.session.clear(); // which hides what is closed
  paint();
  expect(model.filter.socket.value).toBeUndefined();
  const hidden = world.addSocket({ url: 'wss://example.test/other' });
  model.shownLine.showSocket(hidden.number);
  model.shelf.marks.change(hidden, { isHidden: true });
  expect(model.filter.socket.value).toBeUndefined();
});

test('a selected frame stays selected when the frames of all sockets are shown', () => {
  const { model } = world;
  world.addSocket();
  world.addTexts('x');
  model.shownLine.showSocket(1);
  model.selection.select(0);
  model.shownLine.showSocket(undefined);
  expect(model.selection.focus.value).toBe(0);
});

test('what is selected, and the socket that was chosen to send on, belong to what was shown before', () => {
  const { model } = world;
  world.addSocket();
  world.addTexts('x');
  model.selection.select(0);
  model.chosenTarget.value = 1;
  model.shownLine.showSocket(1);
  expect(model.selection.focus.value).toBeUndefined();
  expect(model.chosenTarget.value).toBeUndefined();
});
