/** Firefox lets an extension ask for a permission only from a page of its own and on a click: this is that page. */
import browser, { type Permissions } from 'webextension-polyfill';
import type { MessageKey } from '../panel/words/i18n.ts';
import { WORKER_PERMISSIONS } from '../protocol/workers.ts';

interface Wanted {
  readonly permissions: Permissions.Permissions;
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly button: MessageKey;
  readonly refused: MessageKey;
}

const PAGES: Wanted = {
  permissions: { origins: ['<all_urls>'] },
  title: 'permissionTitle',
  text: 'permissionText',
  button: 'permissionGrant',
  refused: 'permissionRefused',
};
const WORKERS: Wanted = {
  permissions: { permissions: [...WORKER_PERMISSIONS] },
  title: 'permissionWorkersTitle',
  text: 'permissionWorkersText',
  button: 'permissionWorkersGrant',
  refused: 'permissionWorkersRefused',
};

function show(selector: string, key: MessageKey): void {
  const element = document.querySelector(selector);
  if (element) element.textContent = browser.i18n.getMessage(key);
}

const wanted = location.search === '?workers' ? WORKERS : PAGES;
document.documentElement.lang = browser.i18n.getMessage('languageOfTexts');
show('h1', wanted.title);
show('p', wanted.text);
show('button', wanted.button);
document.querySelector('button')?.addEventListener('click', () => {
  void browser.permissions
    .request(wanted.permissions)
    .then((granted) => show('output', granted ? 'permissionGranted' : wanted.refused));
});
