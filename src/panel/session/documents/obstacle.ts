/** What stands between the panel and the page; `none` if nothing does. */
export type Obstacle =
  | 'none'
  | 'looking'
  /** No content script answers: the page was opened before the extension was, or no extension may run in it. */
  | 'no-hook'
  /** No extension may look into the page: it is one of the browser's own. */
  | 'forbidden'
  | 'no-permission'
  | 'replaced'
  | 'outdated'
  | 'connection-lost';
