import type { BlockLimits, BlockState, LossReason } from './blocks/block-content.ts';
import type { SpillTrouble } from './blocks/spill.ts';
import type { Vault } from './vault/vault.ts';

/** What the store may hold: `bytes` of payloads in memory, `disk` bytes beside them, and rows. The oldest leave first. */
export interface StoreLimits extends BlockLimits {
  readonly rows: number;
}

/** Why a message is without its payload: it was lost here, or is `absent` because it never came over from the page or the file. */
export type PayloadLoss = LossReason | 'absent';

/** What whoever has a store may want to know, and what a store may need. */
export interface StoreHost {
  /** Opens a place on disk for payloads that find none in memory; undefined where there must be none. */
  openVault(): Vault | undefined;
  /** The payload of a row has been let go, or will not follow its row; the row stays. */
  payloadLost(row: number, reason: PayloadLoss): void;
  /** A payload that was wanted is in memory now. */
  loaded(): void;
  trouble(trouble: SpillTrouble): void;
}

/**
 * Whether a row's payload is there: `none` was never any (an event, a payload that is pending or did not come over); `here`
 * can be read at once; `away` has to be read from the disk; else why it was let go.
 */
export type PayloadState = 'none' | BlockState;

/** Nobody who would want to know. */
export const NO_HOST: StoreHost = {
  openVault: () => undefined,
  payloadLost: () => undefined,
  loaded: () => undefined,
  trouble: () => undefined,
};
