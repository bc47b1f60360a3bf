import type { JSX } from 'preact';
import { type Chord, chordText } from '../../commands/chord.ts';
import type { CommandGroup } from '../../commands/command.ts';
import { GROUP_LABELS } from '../../commands/groups.ts';
import { ALL_COMMANDS } from '../../commands/table.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { TREE_KEYS } from '../detail/tree/tree-keys.ts';
import { Modal } from './modal.tsx';

/** What a key or several do. */
interface KeyNote {
  readonly label: MessageKey;
  readonly chords: readonly Chord[];
}

interface KeyGroup {
  readonly label: MessageKey;
  readonly notes: readonly KeyNote[];
}

const arrows: readonly Chord[] = [{ key: 'ArrowUp' }, { key: 'ArrowDown' }];
const sideways: readonly Chord[] = [{ key: 'ArrowLeft' }, { key: 'ArrowRight' }];

/** The keys of lists, trees and the like, which move within them. */
const WITHIN: readonly KeyGroup[] = [
  {
    label: 'groupLists',
    notes: [
      { label: 'keyMove', chords: arrows },
      { label: 'keyMovePage', chords: [{ key: 'PageUp' }, { key: 'PageDown' }] },
      { label: 'keyMoveEnds', chords: [{ key: 'Home' }, { key: 'End' }] },
      { label: 'keyExtend', chords: arrows.map((chord) => ({ ...chord, shift: true })) },
      { label: 'keyLeave', chords: [{ key: 'Escape' }] },
    ],
  },
  {
    label: 'sockets',
    notes: [
      { label: 'showAttempts', chords: [{ key: 'ArrowRight' }] },
      { label: 'foldAttempts', chords: [{ key: 'ArrowLeft' }] },
      { label: 'pinSocket', chords: [{ key: 'p' }] },
      { label: 'hideSocket', chords: [{ key: 'Delete' }] },
    ],
  },
  {
    label: 'groupTree',
    notes: [
      { label: 'keyOpenClose', chords: sideways },
      { label: 'keyOpenLevel', chords: [{ key: '1–9' }] },
      { label: 'keyTypeAhead', chords: [{ key: 'A–Z' }] },
      ...TREE_KEYS,
    ],
  },
  {
    label: 'timeline',
    notes: [
      { label: 'keyMoveSpan', chords: sideways },
      { label: 'keyWidenSpan', chords: sideways.map((chord) => ({ ...chord, shift: true })) },
      { label: 'keyAllTimes', chords: [{ key: 'Escape' }] },
    ],
  },
  {
    label: 'composer',
    notes: [
      { label: 'send', chords: [{ key: 'Enter', mod: true }] },
      { label: 'inject', chords: [{ key: 'Enter', mod: true, shift: true }] },
      { label: 'keyNextMistake', chords: [{ key: 'F8' }] },
      { label: 'keyHistory', chords: arrows },
    ],
  },
];

/** All keys, by what they are about. */
export function KeysDialog(): JSX.Element {
  const groups = [...commandGroups(), ...WITHIN];
  return (
    <Modal class="keys" label={t('openKeys')}>
      <h2>{t('openKeys')}</h2>
      <div class="keys-groups">
        {groups.map(({ label, notes }) => (
          <section key={label} aria-label={t(label)}>
            <h3>{t(label)}</h3>
            <dl>
              {notes.map((note) => (
                <div key={note.label}>
                  <dt>{t(note.label)}</dt>
                  <dd>
                    {note.chords.map((chord) => (
                      <kbd key={chord.key}>{chordText(chord)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="dim">{t('keysNote')}</p>
    </Modal>
  );
}

function commandGroups(): KeyGroup[] {
  const groups = Object.entries(GROUP_LABELS) as [CommandGroup, MessageKey][];
  return groups
    .map(([group, label]) => ({
      label,
      notes: ALL_COMMANDS.flatMap(([, { group: own, label: name, chords }]) =>
        own === group && chords ? [{ label: name, chords }] : [],
      ),
    }))
    .filter(({ notes }) => notes.length > 0);
}
