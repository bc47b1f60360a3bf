import type { ComponentChildren, JSX } from 'preact';
import { chordForReaders, chordText } from '../../commands/chord.ts';
import { type Command, isEnabled } from '../../commands/command.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { CheckBox } from '../controls/check-box.tsx';

interface CommandButtonProps {
  readonly command: Command;
  readonly class: string;
  /** Instead of the command's own. */
  readonly tip?: string | undefined;
  /** Of a command that opens a menu: whether it is open. */
  readonly opens?: boolean;
  /** A drawing; else its label is shown. */
  readonly children?: ComponentChildren;
}

/** A button that runs a command; its tip names the keys. */
export function CommandButton({ command, tip, opens, children, ...rest }: CommandButtonProps): JSX.Element {
  const model = useModel();
  const { label, chords } = command;
  const said = tip ?? t(command.tip ?? label);
  const [chord] = chords ?? [];
  return (
    <button
      type="button"
      class={rest.class}
      aria-label={children ? t(label) : undefined}
      aria-pressed={command.isOn?.(model)}
      aria-haspopup={opens === undefined ? undefined : 'menu'}
      aria-expanded={opens}
      aria-keyshortcuts={chords?.map((each) => chordForReaders(each)).join(' ')}
      title={chord ? `${said} (${chordText(chord)})` : said}
      disabled={!isEnabled(command, model)}
      onClick={() => command.run(model)}
    >
      {children ?? t(label)}
    </button>
  );
}

/** A checkbox for a command that switches something on and off. */
export function CommandCheck({ command }: { readonly command: Command }): JSX.Element {
  const model = useModel();
  const tip = t(command.tip ?? command.label);
  return (
    <CheckBox title={tip} isChecked={command.isOn?.(model) === true} onChange={() => command.run(model)}>
      {t(command.label)}
    </CheckBox>
  );
}
