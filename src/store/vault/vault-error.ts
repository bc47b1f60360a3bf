import type { DiskTrouble } from './messages.ts';

/** Why a block could not be kept or is not there any more. */
export class VaultError extends Error {
  constructor(readonly trouble: DiskTrouble) {
    super(`vault: ${trouble}`);
  }
}
