import type { ComponentChildren, JSX } from 'preact';

interface CheckBoxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  /** Some but not all of several things are on. */
  readonly isMixed?: boolean;
  readonly isDisabled?: boolean;
  readonly title?: string;
  /** Its label. */
  readonly children: ComponentChildren;
}

/** A checkbox with its label after it. */
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
        title={title} // assistive technology ignores the title of the label
        checked={isChecked}
        indeterminate={isMixed}
        disabled={isDisabled}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
          // Shows the actual state, which may differ from the wanted one.
          event.currentTarget.checked = isChecked;
        }}
      />
      {children}
    </label>
  );
}
