import type { JSX } from 'preact';
import type { Envelope } from '../../../../decoders/envelope.ts';
import { PREVIEW_LIMIT } from '../../../../decoders/payload.ts';
import type { ReadingChoice, SocketWords } from '../../../../decoders/protocol-signs.ts';
import { BYTES_READINGS } from '../../../../decoders/readings/formats.ts';
import type { ReadingRemark } from '../../../../decoders/readings/value-text.ts';
import { chooseReading } from '../../../model/detail/readings.ts';
import { byteCount, wholeNumber } from '../../../words/format.ts';
import { type MessageKey, t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import type { ReadingTrouble } from './message.ts';

const REMARKS: Readonly<Record<ReadingRemark, MessageKey>> = {
  keys: 'readingKeys',
  indefinite: 'readingIndefinite',
  'not-utf8': 'readingNotUtf8',
  several: 'readingSeveral',
  lengths: 'readingLengths',
};

interface ReadingBarProps {
  readonly socket: SocketWords;
  /** What was found in it. */
  readonly envelope: Envelope | undefined;
  /** Why nothing was. */
  readonly trouble: ReadingTrouble | undefined;
}

/** As what a binary message is shown, for the user to choose: what it looks like may be wrong. */
export function ReadingBar({ socket, envelope, trouble }: ReadingBarProps): JSX.Element {
  const model = useModel();
  const { reading = 'auto' } = socket;
  const remarks = [...(envelope?.values?.remarks ?? [])].map((remark) => t(REMARKS[remark]));
  const found = reading === 'auto' && envelope ? t('readingAutomaticFound', envelope.protocol) : undefined;
  return (
    <>
      <div class="diff-bar">
        <label>
          {t('readingLabel')}
          <select
            value={reading}
            onChange={({ currentTarget: { value } }) => chooseReading(model, socket.url, choiceOf(value))}
          >
            <option value="auto">{found ?? t('readingAutomatic')}</option>
            {BYTES_READINGS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            <option value="bytes">{t('readingBytes')}</option>
          </select>
        </label>
        {remarks.length > 0 && <span class="dim">{remarks.join(' · ')}</span>}
      </div>
      {trouble && (
        <p class="problem" role="note">
          {troubleText(trouble)}
        </p>
      )}
    </>
  );
}

function troubleText(trouble: ReadingTrouble): string {
  switch (trouble.type) {
    case 'malformed':
      return t('readingFailed', trouble.reading, wholeNumber(trouble.at));
    case 'too-long':
      return t('tooLargeToPreview', byteCount(PREVIEW_LIMIT));
  }
}

function choiceOf(value: string): ReadingChoice | undefined {
  return value === 'bytes' ? value : BYTES_READINGS.find((name) => name === value);
}
