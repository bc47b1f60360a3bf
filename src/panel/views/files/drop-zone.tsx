import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

/** Takes files that are dropped anywhere on the panel, and says so while they are held over it. */
export function DropZone(): JSX.Element | null {
  const model = useModel();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = new AbortController();
    const options = { signal: over.signal };
    const onDrag = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    addEventListener('dragenter', onDrag, options);
    addEventListener('dragover', onDrag, options);
    // Moving from one element to the next leaves none of the window.
    addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), options);
    addEventListener(
      'drop',
      (event) => {
        setOver(false);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        void model.transfers.import(files);
      },
      options,
    );
    return () => over.abort();
  }, [model]);
  return isOver ? (
    <div class="drop-zone" role="status">
      <span>{t('dropFiles')}</span>
    </div>
  ) : null;
}
