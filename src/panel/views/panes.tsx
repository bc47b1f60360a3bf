import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { HAS_ROOM_BELOW, isDetailBelow, NARROW } from '../model/detail/detail-place.ts';
import { SETTINGS } from '../settings/schema.ts';
import { t } from '../words/i18n.ts';
import { useModel } from './context.ts';
import type { SplitterProps } from './controls/splitter.tsx';
import { useMedia } from './controls/use-media.ts';
import { lazily } from './lazily.tsx';

const Splitter = lazily(async () => (await import('./controls/splitter.tsx')).Splitter);

interface PanesProps {
  readonly sockets: ComponentChildren;
  readonly frames: ComponentChildren;
  readonly detail: ComponentChildren;
  readonly composer: ComponentChildren;
}

type Arrangement = 'beside' | 'below' | 'stacked';

/** Largest shares of the space for sockets, detail and composer. If there is little space, the frames need it more. */
interface Shares {
  readonly sockets: number;
  readonly side: number;
  readonly composer: number;
}

const SHARES: Readonly<Record<Arrangement, Record<'ample' | 'scarce', Shares>>> = {
  beside: {
    ample: { sockets: 0.3, side: 0.5, composer: 0.6 },
    scarce: { sockets: 0.24, side: 0.4, composer: 0.6 },
  },
  below: {
    ample: { sockets: 0.3, side: 0.55, composer: 0.6 },
    scarce: { sockets: 0.3, side: 0.5, composer: 0.5 },
  },
  stacked: {
    ample: { sockets: 0.4, side: 0.7, composer: 0.5 },
    scarce: { sockets: 0.2, side: 0.48, composer: 0.5 },
  },
};

const SCARCE: Readonly<Record<Arrangement, string>> = {
  beside: '(max-width: 1099px)',
  below: '(max-width: 1099px)',
  stacked: '(max-height: 600px)',
};

/** Sockets, frames, and one frame with the composer: beside the frames or below them, and one below the other where it is narrow. */
export function Panes({ sockets, frames, detail, composer }: PanesProps): JSX.Element {
  const { settings } = useModel();
  const paneSizes = settings.of(SETTINGS.paneSizes);
  const sizes = paneSizes.value;
  const arrangement = useArrangement();
  const shares = SHARES[arrangement][useMedia(SCARCE[arrangement]) ? 'scarce' : 'ample'];
  const root = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const style = root.current?.style;
    for (const [name, size] of Object.entries(sizes)) style?.setProperty(`--${name}`, `${size}px`);
    for (const [name, share] of Object.entries(shares))
      style?.setProperty(`--most-${name}`, `${share * 100}%`);
  }, [sizes, shares]);

  const splitter = (
    size: keyof typeof sizes,
    rest: Pick<SplitterProps, 'label' | 'orientation' | 'pane' | 'min' | 'share' | 'isAfter'>,
  ) => (
    // Its place is reserved before it is loaded.
    <div key={size} class="splitter-place">
      <Splitter
        size={sizes[size]}
        usual={SETTINGS.paneSizes.usual[size]}
        onResize={(px) => {
          paneSizes.value = { ...paneSizes.value, [size]: px };
        }}
        {...rest}
      />
    </div>
  );
  const isStacked = arrangement === 'stacked';
  const isBeside = arrangement === 'beside';
  const isBelow = arrangement === 'below';
  return (
    <main ref={root} class={`panes is-${arrangement}`}>
      {sockets}
      {splitter(isStacked ? 'sockets-height' : 'sockets', {
        label: t('splitSockets'),
        orientation: isStacked ? 'horizontal' : 'vertical',
        pane: 'pane-sockets',
        min: isStacked ? 64 : 120,
        share: shares.sockets,
        isAfter: false,
      })}
      {frames}
      {splitter(isBeside ? 'side' : 'side-height', {
        label: t('splitSide'),
        orientation: isBeside ? 'vertical' : 'horizontal',
        pane: 'pane-side',
        min: isBeside ? 200 : 100,
        share: shares.side,
        isAfter: true,
      })}
      <div id="pane-side" class="side">
        {detail}
        {splitter(isBelow ? 'composer-width' : 'composer', {
          label: t('splitComposer'),
          orientation: isBelow ? 'vertical' : 'horizontal',
          pane: 'pane-composer',
          min: isBelow ? 200 : 100,
          share: shares.composer,
          isAfter: true,
        })}
        <div id="pane-composer" class="slot">
          {composer}
        </div>
      </div>
    </main>
  );
}

function useArrangement(): Arrangement {
  const place = useModel().settings.of(SETTINGS.detailPlace).value;
  const isNarrow = useMedia(NARROW);
  useMedia(HAS_ROOM_BELOW);
  if (isNarrow) return 'stacked';
  return isDetailBelow(place) ? 'below' : 'beside';
}
