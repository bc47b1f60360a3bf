// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import type { WorkerSwitch, WorkerSwitchState } from '../../../../../src/panel/session/browser/bridge.ts';
import { View } from '../../../helpers/view.tsx';

const SITE = 'https://example.test';

let view: View;
let set: ReturnType<typeof vi.fn<WorkerSwitch['set']>>;

function show(state: WorkerSwitchState | undefined): void {
  view = new View();
  set = vi.fn();
  const workerSwitch: WorkerSwitch = { scope: 'site', onSwitched: () => undefined, set };
  Object.defineProperty(view.world.model, 'workerSwitch', { value: workerSwitch });
  view.update(() => {
    view.world.model.workers.value = state;
  });
}

const box = () => view.one('checkbox', 'Workers') as HTMLInputElement;
const dialog = () => document.querySelector('dialog');

beforeEach(() => show({ isOn: false, site: SITE }));

test('is not there where nothing can be switched', () => {
  show(undefined);
  expect(view.all('checkbox', 'Workers')).toEqual([]);
});

test('of a site, names the site and what will differ before anything is asked for', () => {
  view.click(box());
  expect(box().checked).toBe(false);
  expect(dialog()?.open).toBe(true);
  expect(dialog()?.textContent).toContain(`Capture the workers of ${SITE}?`);
  expect(dialog()?.querySelectorAll('li')).toHaveLength(4);
  expect(set).not.toHaveBeenCalled();
});

test('of a site, is switched on from there', () => {
  view.click(box());
  view.click(view.one('button', 'Switch on and reload'));
  expect(set).toHaveBeenCalledExactlyOnceWith(true);
  expect(dialog()).toBeNull();
});

test('of a site, is left off from there', () => {
  view.click(box());
  view.click(view.one('button', 'Cancel'));
  expect(set).not.toHaveBeenCalled();
  expect(dialog()).toBeNull();
});

test('asks no more once the page is one of another site', () => {
  view.click(box());
  view.update(() => {
    view.world.model.workers.value = { isOn: false, site: 'https://other.test' };
  });
  expect(dialog()).toBeNull();
});

test('of a site, is switched off at once', () => {
  show({ isOn: true, site: SITE });
  view.click(box());
  expect(set).toHaveBeenCalledExactlyOnceWith(false);
  expect(dialog()).toBeNull();
});

test('of all sites, asks nothing itself', () => {
  show({ isOn: false });
  view.click(box());
  expect(set).toHaveBeenCalledExactlyOnceWith(true);
  expect(dialog()).toBeNull();
});
