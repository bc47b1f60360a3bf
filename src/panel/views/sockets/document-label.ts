import type { PanelDocument } from '../../session/recording/sockets.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl, shownWords } from '../../words/urls.ts';

/** Where a socket lives, as text. */
export function documentLabel(document: PanelDocument): string {
  const label = placeLabel(document);
  return document.isGone ? t('frameGone', label) : label;
}

function placeLabel({ identity, readOnly, file }: PanelDocument): string {
  const { host, path } = shownUrl(identity.url);
  const name = host || path;
  if (identity.isWorker) return t('frameWorker', scriptName(identity.url, path));
  switch (readOnly) {
    case 'worker':
      return t('frameWorker', scriptName(identity.url, path) || 'data:');
    case 'before':
      return t('frameBefore', name);
    case 'unreached':
      return path ? t('frameUnreached', path) : t('frameUnknown');
    case 'handshake':
      return name ? t('frameSomewhere', name) : t('frameUnknown');
    case 'imported':
      return [t('frameImported', shownWords(file ?? '')), name].filter(Boolean).join(' · ');
    default:
      return identity.frameId === 0 ? t('frameTop', name) : t('frameChild', `${name}${host ? path : ''}`);
  }
}

/** The path of a `blob:` URL begins with the page's origin, which would fill the line and look like a script from the server. */
function scriptName(url: string, path: string): string {
  return url.startsWith('blob:') ? `blob:${path.slice(path.lastIndexOf('/') + 1)}` : path;
}
