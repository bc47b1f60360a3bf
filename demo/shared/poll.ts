/** One answer of the poll and its votes so far. */
export interface PollOption {
  readonly id: string;
  readonly label: string;
  readonly votes: number;
}

/** The poll as everyone sees it. */
export interface Poll {
  readonly question: string;
  readonly options: readonly PollOption[];
}

/** What the server answers to a vote. */
export type VoteReply = { readonly ok: true } | { readonly ok: false; readonly error: string };

/** Socket.IO events from the server. */
export interface PollServerEvents {
  poll: (poll: Poll) => void;
  /** A receipt for a vote with its token as binary, so that the line also shows a Socket.IO attachment. */
  receipt: (choice: string, token: Uint8Array) => void;
}

/** Socket.IO events from the page. */
export interface PollPageEvents {
  vote: (choice: string, reply: (reply: VoteReply) => void) => void;
}
