import type { JSX } from 'preact';
import { SETTINGS } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { lazily } from '../lazily.tsx';

const Strip = lazily(async () => (await import('./strip.tsx')).Strip);

/** What has happened when, of all sockets, above the frames. Its place is there from the first picture on. */
export function Timeline(): JSX.Element | null {
  const model = useModel();
  if (!model.settings.of(SETTINGS.showsTimeline).value) return null;
  return (
    <div class="timeline" role="group" aria-label={t('timeline')}>
      <Strip />
    </div>
  );
}
