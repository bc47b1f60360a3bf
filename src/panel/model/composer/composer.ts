import { batch, signal } from '@preact/signals';
import { toBase64 } from '../../../decoders/bytes.ts';

/** `text` is taken as it is, also where it looks like JSON and is none; `json` is text that must be JSON. */
export type ComposerFormat = 'text' | 'json' | 'base64' | 'hex';

/** A message as a person writes it. */
export interface Draft {
  readonly text: string;
  readonly format: ComposerFormat;
}

/** The message being written. What it is and what would be sent is worked out by what is loaded with the editor. */
export class Composer {
  readonly text = signal('');
  readonly format = signal<ComposerFormat>('text');
  /** Raised when the text box is to take the keyboard. */
  readonly focusRequests = signal(0);

  get draft(): Draft {
    return { text: this.text.value, format: this.format.value };
  }

  /** Takes a frame's payload as the draft. */
  edit(payload: string | Uint8Array): void {
    batch(() => {
      this.format.value = typeof payload === 'string' ? 'text' : 'base64';
      this.text.value = typeof payload === 'string' ? payload : toBase64(payload);
      this.focusRequests.value++;
    });
  }
}
