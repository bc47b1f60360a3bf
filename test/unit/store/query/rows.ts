import type { ReadingChoice } from '../../../../src/decoders/protocol-signs.ts';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import type { FrameSource } from '../../../../src/store/query/matching/source.ts';
import type { Remark } from '../../../../src/store/rows/remarks.ts';

/** A row as a test writes it; what it leaves out is of no matter to it. */
export interface Row {
  readonly kind: FrameKind;
  readonly flags: number;
  readonly size: number;
  readonly time: number;
  readonly url: string;
  readonly protocol: string;
  readonly reading: ReadingChoice | undefined;
  readonly payload: string | Uint8Array | undefined;
  readonly eventText: string;
  readonly remark: Remark;
}

const PLAIN: Row = {
  kind: FrameKind.receivedText,
  flags: 0,
  size: 0,
  time: 0,
  url: 'wss://example.test/socket',
  protocol: '',
  reading: undefined,
  payload: '',
  eventText: '',
  remark: { isStarred: false, note: '' },
};

export function rowOf(parts: Partial<Row>): Row {
  return { ...PLAIN, ...parts };
}

/** Rows kept as objects, each payload a block of its own; `asked` counts how often one was wanted. */
export class Rows implements FrameSource {
  asked = 0;

  constructor(private readonly rows: readonly Row[]) {}

  kind = (row: number) => this.at(row).kind;
  flags = (row: number) => this.at(row).flags;
  size = (row: number) => this.at(row).size;
  time = (row: number) => this.at(row).time;
  socket = () => 1;
  url = (row: number) => this.at(row).url;
  protocol = (row: number) => this.at(row).protocol;
  reading = (row: number) => this.at(row).reading;
  remark = (row: number) => this.at(row).remark;
  eventText = (row: number) => this.at(row).eventText;
  payload = (row: number) => {
    this.asked++;
    return this.at(row).payload;
  };

  blockNumber = (row: number) => (this.kind(row) < FrameKind.open && this.blockLength(row) > 0 ? row + 1 : 0);
  blockStart = () => 0;
  blockLength = (row: number) => this.at(row).payload?.length ?? 0;
  outside = (row: number) => row;
  payloads = () => undefined;
  pairs = () => undefined;
  block = (number: number) => this.payload(number - 1);
  isAway = () => false;

  private at(row: number): Row {
    const found = this.rows[row];
    if (found === undefined) throw new RangeError(`no row ${row}`);
    return found;
  }
}
