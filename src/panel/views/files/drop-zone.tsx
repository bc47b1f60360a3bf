import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../words/i18n.ts';
import { hasFiles } from './dropping.ts';

/** Says, while files are held over the panel, that they can be dropped there. */
export function DropZone(): JSX.Element | null {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    const onDrag = (event: DragEvent) => hasFiles(event) && setOver(true);
    addEventListener('dragenter', onDrag, { signal });
    addEventListener('dragover', onDrag, { signal });
    // Moving from one element to the next leaves none of the window.
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    addEventListener('drop', () => setOver(false), { signal });
    return () => end.abort();
  }, []);
  return isOver ? (
    <div class="drop-zone" role="status">
      <span>{t('dropFiles')}</span>
    </div>
  ) : null;
}
