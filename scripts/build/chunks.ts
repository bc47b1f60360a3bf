/**
 * Which modules go into one script. Left alone, the panel would come in ninety of them, and each costs the browser a millisecond or
 * more of the time in which it should show the first rows.
 */
export const SCRIPTS = [
  // What the extension's other pages need as well: they must not load the panel.
  {
    name: 'pages',
    test: /[\\/](?:webextension-polyfill|src[\\/]protocol[\\/](?:panel-line|runtime|workers)\.)/,
    priority: 4,
  },
  {
    name: 'first',
    tags: ['$initial' as const],
    test: /[\\/](?:src[\\/](?!devtools|permission|background|workers)|node_modules[\\/])/,
    priority: 3,
  },
  // What the lists need after the first picture.
  {
    name: 'lists',
    test: /[\\/]src[\\/]panel[\\/]views[\\/](?:empty-state|frames[\\/](?:rows[\\/]frame-rows|header[\\/]grid-header)|sockets[\\/]socket-options)\./,
    priority: 2,
  },
  // Everything else that is always loaded; the composer, whose editor is larger than the panel, is separate.
  {
    name: 'views',
    test: /[\\/]src[\\/]panel[\\/](?:views[\\/](?!composer[\\/])|model[\\/]filter[\\/]filter-engine\.)/,
    priority: 1,
  },
];
