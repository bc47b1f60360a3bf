import type { ComponentChildren, JSX } from 'preact';

interface CheckBoxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  /** Some of several are. */
  readonly isMixed?: boolean;
  readonly isDisabled?: boolean;
  readonly title?: string;
  /** Its label. */
  readonly children: ComponentChildren;
}

/** Something that is on or off, with its label behind it. */
export function CheckBox({
  isChecked,
  onChange,
  isMixed = false,
  isDisabled = false,
  title,
  children,
}: CheckBoxProps): JSX.Element {
  return (
    <label class="check" title={title}>
      <input
        type="checkbox"
        title={title} // assistive technology does not look at that of the label
        checked={isChecked}
        indeterminate={isMixed}
        disabled={isDisabled}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
          // It shows what is, which may not be what was wanted.
          event.currentTarget.checked = isChecked;
        }}
      />
      {children}
    </label>
  );
}
