import { decodeUtf8 } from '../../../decoders/bytes/bytes.ts';
import { envelopeOf, jsonOf } from '../../../decoders/envelope.ts';
import { dateHint } from '../../../decoders/hints.ts';
import {
  type JsonDocument,
  type JsonNodeId,
  looksLikeJson,
  parseJson,
} from '../../../decoders/json/document.ts';
import { isNumber, numberChange } from '../../../decoders/number-change.ts';
import type { Payload } from '../../../decoders/payload.ts';
import { type SocketWords, UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import type { PanelModel } from '../panel-model.ts';

/** UTF-16 units or bytes of a message that is compared in passing. */
const MOST_COMPARED = 64 * 1024;
/** Rows that are looked through for a message to compare with. */
const LOOKED_THROUGH = 5000;
/** Messages that are read however long that takes. */
const LEAST_READ = 8;
/** ms after which no more are read: it happens at each selection. */
const PATIENCE = 6;
/** Levels down to which numbers are compared. */
const MOST_LEVELS = 32;

/** The numbers of an earlier message that says the same as a later one in all but its numbers. */
export class EarlierValues {
  constructor(private readonly earlier: JsonDocument) {}

  /**
   * By how much a number, or a string that is one, has changed since. Only what stands in objects alone is compared: elements
   * of arrays move, and the one in the same place may be another thing.
   */
  changeOf(document: JsonDocument, node: JsonNodeId): string | undefined {
    const after = numberText(document, node);
    const place = after === undefined ? undefined : this.find(document, node);
    const before = place === undefined ? undefined : numberText(this.earlier, place);
    return after === undefined || before === undefined ? undefined : numberChange(before, after);
  }

  /** What stands in the place of a value of the later document. */
  private find(document: JsonDocument, node: JsonNodeId): JsonNodeId | undefined {
    const keys: string[] = [];
    for (
      let [at, up] = [node, document.parent(node)];
      up !== undefined;
      [at, up] = [up, document.parent(up)]
    ) {
      const key = document.keyText(at);
      if (key === undefined || keys.push(key) > MOST_LEVELS) return undefined;
    }
    let place = this.earlier.root;
    for (const key of keys.reverse()) place = place === undefined ? undefined : this.member(place, key);
    return place;
  }

  private member(around: JsonNodeId, key: string): JsonNodeId | undefined {
    for (const child of this.earlier.children(around)) {
      if (this.earlier.keyText(child) === key) return child;
    }
    return undefined;
  }
}

/**
 * The nearest message before one, of the same socket and direction, that differs from it in nothing but numbers and times: the
 * price of one symbol is not compared with that of another.
 * @returns undefined where there is none nearby
 */
export function earlierValues(model: PanelModel, row: number): EarlierValues | undefined {
  const { store } = model;
  const document = jsonOfRow(model, row);
  if (!document) return undefined;
  const [kind, socket, words] = [store.kind(row), store.socket(row), wordsOf(document)];
  const last = Math.max(store.firstRow, row - LOOKED_THROUGH);
  const deadline = performance.now() + PATIENCE;
  let read = 0;
  for (let other = row - 1; other >= last; other--) {
    if (store.kind(other) !== kind || store.socket(other) !== socket) continue;
    const earlier = jsonOfRow(model, other);
    if (earlier && wordsOf(earlier) === words) return new EarlierValues(earlier);
    if (++read >= LEAST_READ && performance.now() > deadline) return undefined;
  }
  return undefined;
}

/** A message's JSON as Preview shows it; undefined if it has none, or too much, or is on the disk. */
function jsonOfRow(model: PanelModel, row: number): JsonDocument | undefined {
  const { store } = model;
  const payload = store.size(row) <= MOST_COMPARED ? store.payload(row) : undefined;
  const json =
    payload === undefined ? undefined : jsonIn(payload, model.socketOf(row)?.words ?? UNKNOWN_SOCKET);
  const document = json === undefined ? undefined : parseJson(json);
  return document?.ok ? document : undefined;
}

function jsonIn(payload: Payload, socket: SocketWords): string | undefined {
  const envelope = envelopeOf(payload, socket);
  if (envelope) return jsonOf(envelope);
  const text = typeof payload === 'string' ? payload : decodeUtf8(payload).text;
  return looksLikeJson(text) ? text : undefined;
}

/** All that a document says beside numbers and times, and where; what stands in arrays is left out. */
function wordsOf(document: JsonDocument): string {
  const words: (string | undefined)[] = [];
  const inObjects: boolean[] = [];
  for (const node of document.nodes()) {
    const parent = document.parent(node);
    inObjects[node] =
      parent === undefined || (inObjects[parent] === true && document.kind(parent) === 'object');
    if (inObjects[node]) words.push(document.keySourceText(node), wordOf(document, node));
  }
  return words.join('\n');
}

function wordOf(document: JsonDocument, node: JsonNodeId): string {
  const kind = document.kind(node);
  switch (kind) {
    case 'string': {
      const text = document.stringValue(node) ?? '';
      return isNumber(text) || dateHint(text) !== undefined ? kind : document.sourceText(node);
    }
    case 'boolean':
    case 'null':
      return document.sourceText(node);
    case 'number':
    case 'object':
    case 'array':
      return kind;
  }
}

/** Undefined where it is neither a number nor a string that is one. */
function numberText(document: JsonDocument, node: JsonNodeId): string | undefined {
  return document.kind(node) === 'number' ? document.sourceText(node) : document.stringValue(node);
}
