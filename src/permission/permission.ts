/** Firefox lets an extension ask for a permission only from a page of its own and on a click: this is that page. */
import browser from 'webextension-polyfill';
import type { MessageKey } from '../panel/i18n.ts';

const ALL_PAGES = { origins: ['<all_urls>'] };

function show(selector: string, key: MessageKey): void {
  const element = document.querySelector(selector);
  if (element) element.textContent = browser.i18n.getMessage(key);
}

document.documentElement.lang = browser.i18n.getUILanguage();
show('h1', 'permissionTitle');
show('p', 'permissionText');
show('button', 'permissionGrant');
document.querySelector('button')?.addEventListener('click', () => {
  void browser.permissions
    .request(ALL_PAGES)
    .then((granted) => show('output', granted ? 'permissionGranted' : 'permissionRefused'));
});
