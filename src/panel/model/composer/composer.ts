import { batch, signal } from '@preact/signals';
import { endpointOf } from '../../session/recording/lineage.ts';

/** `text` is sent as it is, even if it looks like invalid JSON; `json` is text that must be JSON. */
export type ComposerFormat = 'text' | 'json' | 'base64' | 'hex';

/** A message as the user writes it. */
export interface Draft {
  readonly text: string;
  readonly format: ComposerFormat;
}

/** The effect of changing the format of a text. */
export type FormatChange =
  /** It has been converted to the new format; `other` is the text as typed. */
  | { readonly type: 'converted'; readonly other: string }
  /** It may already be in the new format; `other` is the converted text. */
  | { readonly type: 'as-typed'; readonly other: string }
  /** It cannot be converted and is left alone. */
  | { readonly type: 'impossible'; readonly reason: 'not-bytes' | 'not-utf8' | 'lone-surrogate' };

/** Most addresses with a draft of their own; the oldest drafts are dropped. */
export const MOST_DRAFTS = 50;

/** The message being written. Its state and its payload are computed by code that is loaded with the editor. */
export class Composer {
  readonly text = signal('');
  readonly format = signal<ComposerFormat>('text');
  readonly formatChange = signal<FormatChange | undefined>(undefined);
  /** Increased to move the focus to the text box. */
  readonly focusRequests = signal(0);
  /** The payload of the frame that the text was taken from. */
  original: string | Uint8Array | undefined;
  /** Called for each changed draft; an empty one counts as none. */
  onDraft: (owner: string, draft: Draft | undefined) => void = () => undefined;
  /** By address; the last edited one at the end. */
  private readonly drafts = new Map<string, Draft>();
  /** The address that the text is meant for. */
  private owner = '';
  /** The user has edited this draft, so an empty text is intended. */
  private hasBegun = false;

  get draft(): Draft {
    return { text: this.text.value, format: this.format.value };
  }

  /** The user has changed the text. */
  write(text: string): void {
    if (isOther(this.text.value, text)) this.original = undefined;
    batch(() => {
      this.text.value = text;
      this.formatChange.value = undefined;
    });
    this.keep();
  }

  /** Replaces the text by another message. */
  take(draft: Draft): void {
    this.show(draft);
    this.keep();
  }

  /** The format has changed, and perhaps the text. */
  changeFormat(draft: Draft, change: FormatChange | undefined): void {
    const { original } = this;
    batch(() => {
      this.take(draft);
      this.formatChange.value = change;
    });
    this.original = original;
  }

  /**
   * Switches to the draft for another address. If there is none, the text stays, so that choosing the socket after writing does
   * not lose the text.
   */
  follow(owner: string): void {
    if (owner === this.owner) return;
    this.owner = owner;
    const own = this.drafts.get(owner);
    if (own) this.show(own);
    else this.resume();
  }

  /** Makes a frame's payload the draft for an address. */
  edit(payload: string | Uint8Array, draft: Draft, owner: string): void {
    this.owner = owner;
    batch(() => {
      this.take(draft);
      this.focusRequests.value++;
    });
    this.original = payload;
  }

  /** Adds stored drafts for addresses without one. */
  restore(drafts: ReadonlyMap<string, Draft>): void {
    for (const [owner, draft] of drafts) if (!this.drafts.has(owner)) this.drafts.set(owner, draft);
    this.resume();
  }

  /**
   * Switches to the draft for the address, else to the last one for its server, which was shown here before, since the text stays if
   * there is no other. A draft for one server must not be sent to another.
   */
  private resume(): void {
    if (this.hasBegun || this.text.value !== '') return;
    const server = originOf(this.owner);
    const kin = [...this.drafts].findLast(([owner]) => originOf(owner) === server);
    const found = this.drafts.get(this.owner) ?? kin?.[1];
    if (found) this.show(found);
  }

  private show({ text, format }: Draft): void {
    this.original = undefined;
    batch(() => {
      this.text.value = text;
      this.format.value = format;
      this.formatChange.value = undefined;
    });
  }

  private keep(): void {
    this.hasBegun = true;
    const draft = this.text.value === '' ? undefined : this.draft;
    this.drafts.delete(this.owner);
    if (draft) this.drafts.set(this.owner, draft);
    const [oldest] = this.drafts.keys();
    if (this.drafts.size > MOST_DRAFTS && oldest !== undefined) this.drafts.delete(oldest);
    this.onDraft(this.owner, draft);
  }
}

/** Whether a text has been replaced rather than edited: neither its beginning nor its end is the same. */
function isOther(before: string, after: string): boolean {
  return before[0] !== after[0] && before.at(-1) !== after.at(-1);
}

/** The server of a socket's address. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** The key of a draft: where a socket leads, without what differs for each connection. */
export function draftOwner(url: string | undefined): string {
  return url === undefined ? '' : endpointOf(url);
}
