import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Dialogs } from './commands/dialogs.tsx';
import { useModel } from './context.ts';
import { takeDrops } from './files/dropping.ts';
import { FrameGrid } from './frames/frame-grid.tsx';
import { lazily } from './lazily.tsx';
import { Panes } from './panes.tsx';
import { SocketList } from './sockets/socket-list.tsx';
import { StatusBar } from './status/status-bar.tsx';
import { Toolbar } from './toolbar.tsx';

const FrameDetail = lazily(async () => (await import('./detail/frame-detail.tsx')).FrameDetail);
const ComposerPane = lazily(async () => (await import('./composer/composer-pane.tsx')).ComposerPane);
const Announcements = lazily(async () => (await import('./announcements.tsx')).Announcements);
const DropZone = lazily(async () => (await import('./files/drop-zone.tsx')).DropZone);
const TransferBar = lazily(async () => (await import('./files/transfer-bar.tsx')).TransferBar);

/** The panel: sockets, frames, and one frame with the composer. */
export function App(): JSX.Element {
  const { transfers } = useModel();
  useLayoutEffect(() => takeDrops((files) => void transfers.import(files)), [transfers]);
  return (
    <div class="app">
      <header>
        <h1 class="for-readers">Framescope</h1>
        <Toolbar />
      </header>
      <Panes
        sockets={<SocketList />}
        frames={<FrameGrid />}
        detail={<FrameDetail />}
        composer={<ComposerPane />}
      />
      <TransferBar />
      <StatusBar />
      <DropZone />
      <Announcements />
      <Dialogs />
    </div>
  );
}
