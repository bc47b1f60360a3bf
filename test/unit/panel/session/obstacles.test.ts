import { describe, expect, test, vi } from 'vitest';
import type { LateCapture } from '../../../../src/panel/session/browser/bridge.ts';
import { portOpening } from '../../../../src/protocol/wire.ts';
import { AGES, inSessionWorld, type SessionWorld } from './session-world.ts';

let world: SessionWorld;
inSessionWorld((made) => {
  world = made;
});

describe('the obstacle', () => {
  test('is unknown at first, and a missing hook if nobody answers within a second', async () => {
    expect(world.session.obstacle).toBe('looking');
    await vi.advanceTimersByTimeAsync(999);
    expect(world.session.obstacle).toBe('looking');
    await vi.advanceTimersByTimeAsync(1);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('is checked by further roll calls, at growing intervals, until a document answers', async () => {
    const calls = () => world.bridge.asked.filter((what) => what === 'roll call').length;
    await vi.advanceTimersByTimeAsync(1999);
    expect(calls()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    const early = calls();
    expect(early).toBeGreaterThan(4);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls()).toBe(early + 2);
    world.openLive();
    const known = calls();
    await world.pass(AGES);
    expect(calls()).toBe(known);
  });

  test('is a missing hook if only child frames answer', async () => {
    const { document } = world.openLive();
    world.bridge.empty(0);
    world.bridge.navigated('https://example.test/older');
    const frame = world.bridge.open('frame', 3);
    world.deliver();
    expect(world.session.obstacle).toBe('none');
    await world.pass(AGES);
    expect(document.identity.frameId).toBe(0);
    expect(frame.identity.frameId).toBe(3);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('disappears once a page older than the extension has been captured', async () => {
    await world.pass(AGES);
    expect(world.session.canCaptureOlderPage).toBe(false);
    let agree: (outcome: LateCapture) => void = () => undefined;
    world.bridge.captureOlderPage = () => new Promise((resolve) => (agree = resolve));
    expect(world.session.canCaptureOlderPage).toBe(true);
    const outcome = world.session.captureOlderPage();
    expect(await world.session.captureOlderPage()).toBeUndefined(); // clicked twice
    agree('captured');
    await world.pass(0);
    world.bridge.announce(world.bridge.openSilently('d', 0, 'https://example.test/', 5000));
    world.deliver();
    await world.pass(AGES);
    expect(await outcome).toBe('captured');
    expect(world.session.obstacle).toBe('none');
    expect(world.session.capturedSince).toBe(5000);
  });

  test.each(['refused', 'impossible'] as const)(
    'remains if the capture of an older page is %s',
    async (outcome) => {
      world.bridge.captureOlderPage = async () => outcome;
      expect(await world.session.captureOlderPage()).toBe(outcome);
    },
  );

  test('remains if nobody answers after the capture of an older page', async () => {
    world.bridge.captureOlderPage = async () => 'captured';
    const outcome = world.session.captureOlderPage();
    await world.pass(AGES);
    expect(await outcome).toBe('impossible');
  });

  test.each([
    'heard of when it has loaded',
    'heard of before the old page is gone',
    'known to DevTools only later',
    'found by asking again',
  ])('is a forbidden page (%s)', async (when) => {
    world.openLive();
    world.bridge.forbids = when !== 'known to DevTools only later';
    if (when === 'heard of before the old page is gone') world.bridge.loaded();
    world.bridge.empty(0);
    if (when === 'found by asking again') world.bridge.navigated('about:config');
    else if (when !== 'heard of before the old page is gone') world.bridge.loaded();
    await world.pass(0);
    world.bridge.forbids = true;
    if (when === 'known to DevTools only later') await world.pass(300);
    await world.pass(when === 'found by asking again' ? 1000 : 0);
    expect(world.session.obstacle).toBe('forbidden');
    expect(world.socket().readyState).toBe(3);
    world.bridge.forbids = false;
    world.bridge.navigated('https://example.test/next');
    expect(world.session.obstacle).not.toBe('forbidden');
    world.openLive('b');
    expect(world.session.obstacle).toBe('none');
  });

  test('is not a forbidden page as long as a document answers', async () => {
    world.openLive();
    world.bridge.forbids = true;
    world.bridge.loaded();
    await world.pass(0);
    expect(world.session.obstacle).toBe('none');
  });

  test('is a missing permission', async () => {
    world.bridge.mayRead = false;
    world.bridge.navigated('https://example.test/');
    await world.pass(0);
    expect(world.session.obstacle).toBe('no-permission');
  });

  test('is a missing hook once the permission has been granted, until the page is reloaded', async () => {
    world.bridge.mayRead = false;
    world.bridge.navigated('https://example.test/');
    await world.pass(0);
    world.bridge.endRollCall();
    world.bridge.mayRead = true;
    await world.pass(2000);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('is another panel, from which the user can take the page back', () => {
    const { document, page, tap } = world.openLive();
    const other = world.bridge.connect(document.identity);
    other.post(portOpening(document.identity.document));
    world.deliver();
    expect(world.session.obstacle).toBe('replaced');
    expect(world.socket().readyState).toBe(1);
    page.recordText(tap, 'unseen');
    world.session.reconnect();
    world.deliver();
    expect(world.session.obstacle).toBe('none');
    expect(world.rows()).toEqual(['open', 'unseen']);
    expect(() => other.close()).not.toThrow();
  });

  test('is a hook of another version, from which nothing is taken', () => {
    const document = world.bridge.openSilently('a');
    document.version = 99;
    document.page.watchedSocket();
    world.bridge.announce(document);
    world.deliver();
    expect(world.session.obstacle).toBe('outdated');
    expect(world.sockets()).toEqual([]);
  });

  test('is no longer a hook of another version after navigating to a page without a hook', async () => {
    const document = world.bridge.openSilently('a');
    document.version = 99;
    world.bridge.announce(document);
    world.deliver();
    world.bridge.empty(0);
    world.bridge.navigated('about:blank');
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('no-hook');
  });

  test('is a hook of another version even if the navigation to its page is reported late', async () => {
    const document = world.bridge.openSilently('a');
    document.version = 99;
    world.bridge.announce(document);
    world.deliver();
    world.bridge.navigated('https://example.test/');
    world.bridge.announce(document);
    world.deliver();
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('outdated');
  });

  test('is none as long as one document is connected', async () => {
    world.openLive('top');
    world.openLive('child', 3);
    world.bridge.empty(3);
    await world.pass(AGES);
    expect(world.session.obstacle).toBe('none');
  });

  test('is determined anew after each navigation', async () => {
    await world.pass(1000);
    world.bridge.navigated('about:blank');
    expect(world.session.obstacle).toBe('looking');
    expect(world.bridge.asked).toEqual(['roll call', 'roll call']);
  });

  test('is overcome by the bridge, which reloads the page or opens the page for the permission', () => {
    world.session.reloadPage();
    world.session.openPermissionPage();
    expect(world.bridge.asked.slice(-2)).toEqual(['reload', 'permission page']);
  });
});
