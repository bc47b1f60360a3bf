import type { JSX, RefObject } from 'preact';

interface JsonFileInputProps {
  /** What opens the browser's dialog clicks it. */
  readonly input: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly onFile: (file: File) => void;
}

/** A hidden field through which the user chooses one JSON file. */
export function JsonFileInput({ input, label, onFile }: JsonFileInputProps): JSX.Element {
  return (
    <input
      ref={input}
      type="file"
      hidden
      accept=".json"
      aria-label={label}
      onChange={(event) => {
        const [file] = event.currentTarget.files ?? [];
        if (file) onFile(file);
        event.currentTarget.value = ''; // the same file can be chosen again
      }}
    />
  );
}
