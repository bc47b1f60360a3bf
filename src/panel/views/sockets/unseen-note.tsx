import type { JSX } from 'preact';
import type { PanelModel } from '../../model/panel-model.ts';
import { timeAndOtherDate } from '../../words/format.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

interface Words {
  readonly title: MessageKey;
  readonly reasons: readonly MessageKey[];
}

const OF_CHROME: Words = { title: 'unseenShared', reasons: ['unseenSharedText', 'unseenEarlierText'] };
const OF_FIREFOX: Words = { title: 'unseenService', reasons: ['unseenServiceText', 'unseenBlobText'] };
const WHILE_OFF: Words = { title: 'unseenBoth', reasons: ['unseenServiceText', 'unseenOffText'] };

/**
 * Says below the list whose sockets this browser shows to no extension, as that there are none could not be known, and from when on
 * a page is captured that was there before.
 */
export function UnseenNote(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const words = wordsFor(model);
  const since = model.session.capturedSince;
  return (
    <div class="unseen-notes">
      {since !== undefined && (
        <Note
          title={t('capturedSince', timeAndOtherDate(since))}
          reasons={[model.workerSwitch?.scope === 'site' ? 'capturedSinceText' : 'capturedSinceUnlogged']}
        />
      )}
      {words && <Note title={t(words.title)} reasons={words.reasons} />}
    </div>
  );
}

interface NoteProps {
  readonly title: string;
  readonly reasons: readonly MessageKey[];
}

function Note({ title, reasons }: NoteProps): JSX.Element {
  return (
    <details class="unseen-note">
      <summary title={title}>
        <span>{title}</span>
      </summary>
      {reasons.map((reason) => (
        <p key={reason}>{t(reason)}</p>
      ))}
    </details>
  );
}

function wordsFor({ workerSwitch, workers }: PanelModel): Words | undefined {
  switch (workerSwitch?.scope) {
    case 'site':
      return OF_CHROME;
    case 'all':
      return workers.value && (workers.value.isOn ? OF_FIREFOX : WHILE_OFF);
    case undefined:
      return undefined;
  }
}
