import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../i18n.ts';
import { SETTINGS } from '../settings/schema.ts';
import { ComposerPane } from './composer.tsx';
import { useModel } from './context.ts';
import { FrameDetail } from './detail/frame-detail.tsx';
import { DropZone } from './files/drop-zone.tsx';
import { FrameGrid } from './frames/frame-grid.tsx';
import { lazily } from './lazily.tsx';
import { SocketList } from './sockets/socket-list.tsx';
import { Splitter } from './splitter.tsx';
import { StatusBar } from './status-bar.tsx';
import { Toolbar } from './toolbar.tsx';

const TransferBar = lazily(async () => (await import('./files/transfer-bar.tsx')).TransferBar);

/** The panel: sockets, frames, and one frame with the composer below it. */
export function App(): JSX.Element {
  const paneSizes = useModel().settings.of(SETTINGS.paneSizes);
  const sizes = paneSizes.value;
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    for (const [name, size] of Object.entries(sizes))
      root.current?.style.setProperty(`--${name}`, `${size}px`);
  }, [sizes]);
  const resize = (change: Partial<typeof sizes>) => {
    paneSizes.value = { ...sizes, ...change };
  };
  return (
    <div ref={root} class="app">
      <Toolbar />
      <main class="panes">
        <SocketList />
        <Splitter
          label={t('splitSockets')}
          orientation="vertical"
          size={sizes.sockets}
          min={120}
          max={600}
          isAfter={false}
          onResize={(sockets) => resize({ sockets })}
        />
        <FrameGrid />
        <Splitter
          label={t('splitSide')}
          orientation="vertical"
          size={sizes.side}
          min={200}
          max={1200}
          isAfter
          onResize={(side) => resize({ side })}
        />
        <div class="side">
          <FrameDetail />
          <Splitter
            label={t('splitComposer')}
            orientation="horizontal"
            size={sizes.composer}
            min={120}
            max={700}
            isAfter
            onResize={(composer) => resize({ composer })}
          />
          <ComposerPane />
        </div>
      </main>
      <TransferBar />
      <StatusBar />
      <DropZone />
    </div>
  );
}
