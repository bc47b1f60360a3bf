import type { BlockLimits, BlockState, LossReason } from './blocks/block-content.ts';
import type { SpillTrouble } from './blocks/spill.ts';
import type { Vault } from './vault/vault.ts';

/** What the store may hold: `bytes` of payloads in memory, `disk` bytes of payloads on disk, and rows. The oldest are dropped first. */
export interface StoreLimits extends BlockLimits {
  readonly rows: number;
}

/** Why a message has no payload: it was lost here, or is `absent` because it was never received from the page or the file. */
export type PayloadLoss = LossReason | 'absent';

/** What the owner of a store is told, and what it provides. */
export interface StoreHost {
  /** Opens storage on disk for payloads that do not fit into memory; undefined if nothing may be written there. */
  openVault(): Vault | undefined;
  /** The payload of a row has been dropped, or will not follow its row; the row stays. */
  payloadLost(row: number, reason: PayloadLoss): void;
  /** A requested payload is now in memory. */
  loaded(): void;
  trouble(trouble: SpillTrouble): void;
}

/**
 * Whether a row's payload is there: `none` was never any (an event, a payload that is pending or did not come over); `here`
 * can be read at once; `away` has to be read from the disk; else why it was let go.
 */
export type PayloadState = 'none' | BlockState;

/** An owner that ignores everything. */
export const NO_HOST: StoreHost = {
  openVault: () => undefined,
  payloadLost: () => undefined,
  loaded: () => undefined,
  trouble: () => undefined,
};
