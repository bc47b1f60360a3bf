/** Numbered files that only grow, and are dropped whole. */
export interface Disk {
  /** @returns the byte of the volume at which they stand */
  append(volume: number, bytes: Uint8Array<ArrayBuffer>): Promise<number>;
  /** Fewer bytes where there are not so many. */
  read(volume: number, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  drop(volume: number): Promise<void>;
  /** Removes everything. */
  close(): Promise<void>;
}

/** Everything that panels keep stands below this name, in folders or databases of one panel each. */
export const VAULTS = 'framescope-vaults';
