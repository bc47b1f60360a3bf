import browser from 'webextension-polyfill';

// Firefox resolves the page relative to this one, Chrome relative to the extension's root: only an absolute path suits both.
void browser.devtools.panels.create('Framescope', '/icons/framescope-32.png', '/src/panel/panel.html');
