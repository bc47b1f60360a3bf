/** Numbered files that only grow, and are dropped whole. */
export interface Disk {
  /** @returns their offset in the volume, in bytes */
  append(volume: number, bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  /** Returns fewer bytes if there are not as many. */
  read(volume: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  drop(volume: number): Promise<void>;
  /** Removes everything. */
  close(): Promise<void>;
}

/** Everything that panels store is below this name, in one folder or database per panel. */
export const VAULTS = 'framescope-vaults';
