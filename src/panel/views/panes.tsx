import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { SETTINGS } from '../settings/schema.ts';
import { useModel } from './context.ts';
import { Splitter } from './splitter.tsx';

interface PanesProps {
  readonly sockets: ComponentChildren;
  readonly frames: ComponentChildren;
  readonly detail: ComponentChildren;
  readonly composer: ComponentChildren;
}

/** px; as in the style sheet */
const NARROW = '(max-width: 760px)';

/** Sockets, frames, and one frame with the composer: beside the frames or below them, and one below the other where it is narrow. */
export function Panes({ sockets, frames, detail, composer }: PanesProps): JSX.Element {
  const { settings } = useModel();
  const paneSizes = settings.of(SETTINGS.paneSizes);
  const sizes = paneSizes.value;
  const place = settings.of(SETTINGS.detailPlace).value;
  const arrangement = useMedia(NARROW) ? 'stacked' : place;
  const root = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    for (const [name, size] of Object.entries(sizes))
      root.current?.style.setProperty(`--${name}`, `${size}px`);
  }, [sizes]);

  const splitter = (
    label: string,
    size: keyof typeof sizes,
    rest: Pick<Parameters<typeof Splitter>[0], 'orientation' | 'pane' | 'min' | 'share' | 'isAfter'>,
  ) => (
    <Splitter
      key={size}
      label={label}
      size={sizes[size]}
      usual={SETTINGS.paneSizes.usual[size]}
      onResize={(px) => {
        paneSizes.value = { ...paneSizes.value, [size]: px };
      }}
      {...rest}
    />
  );
  const isWide = arrangement !== 'stacked';
  return (
    <main ref={root} class={`panes is-${arrangement}`}>
      {sockets}
      {isWide
        ? splitter(t('splitSockets'), 'sockets', {
            orientation: 'vertical',
            pane: 'pane-sockets',
            min: 120,
            share: 0.3,
            isAfter: false,
          })
        : splitter(t('splitSockets'), 'sockets-height', {
            orientation: 'horizontal',
            pane: 'pane-sockets',
            min: 64,
            share: 0.4,
            isAfter: false,
          })}
      {frames}
      {arrangement === 'beside'
        ? splitter(t('splitSide'), 'side', {
            orientation: 'vertical',
            pane: 'pane-side',
            min: 200,
            share: 0.5,
            isAfter: true,
          })
        : splitter(t('splitSide'), 'side-height', {
            orientation: 'horizontal',
            pane: 'pane-side',
            min: 100,
            share: arrangement === 'below' ? 0.55 : 0.7,
            isAfter: true,
          })}
      <div id="pane-side" class="side">
        {detail}
        {arrangement === 'below'
          ? splitter(t('splitComposer'), 'composer-width', {
              orientation: 'vertical',
              pane: 'pane-composer',
              min: 200,
              share: 0.6,
              isAfter: true,
            })
          : splitter(t('splitComposer'), 'composer', {
              orientation: 'horizontal',
              pane: 'pane-composer',
              min: 100,
              share: 0.6,
              isAfter: true,
            })}
        <div id="pane-composer" class="slot">
          {composer}
        </div>
      </div>
    </main>
  );
}

/** Whether a media query holds. */
function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const onChange = () => setHolds(list.matches);
    list.addEventListener('change', onChange);
    onChange();
    return () => list.removeEventListener('change', onChange);
  }, [query]);
  return holds;
}
