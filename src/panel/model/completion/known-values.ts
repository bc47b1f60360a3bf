import { envelopeOf } from '../../../decoders/envelope.ts';
import { jsonInString } from '../../../decoders/json/literals.ts';
import { scanJson } from '../../../decoders/json/scan.ts';
import { FIELD, type JsonTable, NONE, readCell } from '../../../decoders/json/table.ts';
import type { Payload } from '../../../decoders/payload.ts';
import { type SocketWords, UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import { memberStep, pathText } from '../../../store/query/language/json-term.ts';
import { urlParts } from '../../words/format.ts';
import { isMessage } from '../frames/frame-kinds.ts';
import type { PanelModel } from '../panel-model.ts';
import { messageTypeOf } from '../types/message-type-of.ts';
import type { KnownValues } from './complete.ts';

/** Most rows, texts and UTF-16 units that are searched for values. The newest rows show what kind of messages there are. */
const ROWS = 2000;
const TEXTS = 100;
const UNITS = 128 * 1024;
const LONGEST_TEXT = 32 * 1024;
/** Most values per key: a longer list helps nobody. */
const PATHS = 300;
const VALUES = 8;
const LONGEST_VALUE = 60;
const DEPTH = 8;

/** The values found in the sockets and the newest frames of a tab, as they were when first asked for. */
export class SeenValues implements KnownValues {
  private readonly types = new Map<string, number>();
  private readonly paths = new Map<string, Set<string>>();

  constructor(private readonly model: PanelModel) {
    const { store } = model;
    let units = 0;
    let texts = 0;
    const oldest = Math.max(store.firstRow, store.endRow - ROWS);
    for (let row = store.endRow - 1; row >= oldest && texts < TEXTS && units < UNITS; row--) {
      if (!isMessage(store.kind(row))) continue;
      const type = messageTypeOf(model, row);
      if (type !== undefined) this.types.set(type, (this.types.get(type) ?? 0) + 1);
      const length = store.blockLength(row);
      const payload = length <= LONGEST_TEXT ? store.payload(row) : undefined;
      if (payload === undefined) continue;
      texts++;
      units += length;
      this.takePayload(payload, model.socketOf(row)?.words ?? UNKNOWN_SOCKET);
    }
  }

  sockets(): readonly string[] {
    const { model } = this;
    const names = model.sockets().map(({ record }) => {
      const { host, path } = urlParts(record.url);
      return path.length > 1 ? path : host;
    });
    return [...new Set(names)].map(quotedIfNeeded);
  }

  messageTypes(): readonly string[] {
    const byCount = [...this.types].sort(([, a], [, b]) => b - a);
    return byCount.map(([type]) => type).filter((type) => !/[\s,"()]/.test(type));
  }

  jsonPaths(): readonly string[] {
    return [...this.paths.keys()];
  }

  jsonValues(path: string): readonly string[] {
    return [...(this.paths.get(path) ?? [])];
  }

  private takePayload(payload: Payload, socket: SocketWords): void {
    const packets = envelopeOf(payload, socket)?.packets;
    if (packets) for (const { json } of packets) this.takeJson(json);
    else if (typeof payload === 'string') this.takeJson(payload.replace(/^\d+(?=[[{])/, ''));
  }

  /**
   * @param within the path of a string that says this; paths lead on into it
   * @param above steps of that path
   */
  private takeJson(text: string, within = '$', above = 0): void {
    const whole = jsonInString(text, 0, text.length);
    if (whole !== undefined) return this.takeJson(whole, within, above);
    if (!/^\s*[{[]/.test(text)) return;
    const { table } = scanJson(text);
    const names: string[] = [];
    const depths: number[] = [];
    for (let node = 0; node < table.count; node++) {
      const parent = readCell(table, node, FIELD.parent);
      const depth = parent === NONE ? above : (depths[parent] ?? 0) + 1;
      depths[node] = depth;
      const name = parent === NONE ? within : `${names[parent]}${stepText(text, table, node)}`;
      names[node] = name;
      if (depth === above || depth > DEPTH) continue;
      this.takeValue(name, text, table, node);
      const said = jsonInString(text, readCell(table, node, FIELD.start), readCell(table, node, FIELD.end));
      if (said !== undefined) this.takeJson(said, name, depth);
    }
  }

  private takeValue(path: string, text: string, table: JsonTable, node: number): void {
    const known = this.paths.get(path);
    if (!known && this.paths.size >= PATHS) return;
    const values = known ?? new Set();
    this.paths.set(path, values);
    const start = readCell(table, node, FIELD.start);
    const end = readCell(table, node, FIELD.end);
    const isScalar = text[start] !== '{' && text[start] !== '[';
    if (isScalar && values.size < VALUES && end - start <= LONGEST_VALUE) values.add(text.slice(start, end));
  }
}

/** Elements of an array usually are of one kind, so one path stands for all of them. */
function stepText(text: string, table: JsonTable, node: number): string {
  const keyStart = readCell(table, node, FIELD.keyStart);
  if (keyStart === NONE) return '[*]';
  const literal = /"(?:[^"\\]|\\.)*"/y;
  literal.lastIndex = keyStart;
  const name: unknown = JSON.parse(literal.exec(text)?.[0] ?? '""');
  return pathText([memberStep(String(name))]).slice(1);
}

function quotedIfNeeded(word: string): string {
  return /[\s"()]/.test(word) ? `"${word.replace(/["\\]/g, '\\$&')}"` : word;
}
