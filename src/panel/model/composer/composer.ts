import { batch, signal } from '@preact/signals';

/** `text` is taken as it is, also where it looks like JSON and is none; `json` is text that must be JSON. */
export type ComposerFormat = 'text' | 'json' | 'base64' | 'hex';

/** A message as the user writes it. */
export interface Draft {
  readonly text: string;
  readonly format: ComposerFormat;
}

/** What a change of the format has done to the text. */
export type FormatChange =
  /** It says the same in the new format; `other` is what was typed. */
  | { readonly type: 'converted'; readonly other: string }
  /** It could be meant in the new format already; `other` is what it would be converted. */
  | { readonly type: 'as-typed'; readonly other: string }
  /** It cannot be said in the new format and is left alone. */
  | { readonly type: 'impossible'; readonly reason: 'not-bytes' | 'not-utf8' | 'lone-surrogate' };

/** More sockets than this have no draft of their own: those written for longest ago go. */
export const MOST_DRAFTS = 50;

/** The message being written. What it is and what would be sent is worked out by what is loaded with the editor. */
export class Composer {
  readonly text = signal('');
  readonly format = signal<ComposerFormat>('text');
  readonly formatChange = signal<FormatChange | undefined>(undefined);
  /** Raised when the text box is to take the keyboard. */
  readonly focusRequests = signal(0);
  /** The payload of the frame that the text was to begin with. */
  original: string | Uint8Array | undefined;
  /** Told of each draft that has changed; an empty one is none. */
  onDraft: (owner: string, draft: Draft | undefined) => void = () => undefined;
  /** By their owners, the address written for last at the end. */
  private readonly drafts = new Map<string, Draft>();
  /** The address that is written for. */
  private owner = '';
  /** Something has been written or taken here: an empty text is meant to be. */
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

  /** Puts another message in place of the text. */
  take(draft: Draft): void {
    this.show(draft);
    this.keep();
  }

  /** The format is another one, and the text maybe too. */
  changeFormat(draft: Draft, change: FormatChange | undefined): void {
    const { original } = this;
    batch(() => {
      this.take(draft);
      this.formatChange.value = change;
    });
    this.original = original;
  }

  /**
   * Goes on with the draft for another address. Where there is none the text stays: who chooses the socket last has not
   * written in vain.
   */
  follow(owner: string): void {
    if (owner === this.owner) return;
    this.owner = owner;
    const own = this.drafts.get(owner);
    if (own) this.show(own);
    else this.resume();
  }

  /** Takes a frame's payload, written as a draft, as the one for an address. */
  edit(payload: string | Uint8Array, draft: Draft, owner: string): void {
    this.owner = owner;
    batch(() => {
      this.take(draft);
      this.focusRequests.value++;
    });
    this.original = payload;
  }

  /** Drafts of an earlier time, for what has none yet. */
  restore(drafts: ReadonlyMap<string, Draft>): void {
    for (const [owner, draft] of drafts) if (!this.drafts.has(owner)) this.drafts.set(owner, draft);
    this.resume();
  }

  /**
   * Goes on with the draft for the address, else with the last one for its server: it stood here too, as the text stays where
   * there is no other, and what was meant for one server is not to be sent to another.
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

/** Whether a text has been replaced as a whole, rather than changed: neither how it began nor how it ended is left. */
function isOther(before: string, after: string): boolean {
  return before[0] !== after[0] && before.at(-1) !== after.at(-1);
}

/** Of a socket's address: the server that it belongs to. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/**
 * For whom a draft is: the address of a socket without its query, which often holds a token and is another one with each
 * connection.
 */
export function draftOwner(url: string | undefined): string {
  return url?.replace(/[?#].*$/s, '') ?? '';
}
