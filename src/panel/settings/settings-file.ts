import {
  type JsonDocument,
  type JsonError,
  type JsonNodeId,
  parseJson,
} from '../../decoders/json/document.ts';
import { lineAndColumn } from '../../decoders/json/error.ts';
import { ALL_SETTINGS, type Setting } from './schema.ts';
import type { Settings } from './settings.ts';

/** Rises when a file of before can no longer be read as it is. */
const VERSION = 1;

/** Why a file, or one value of it, is not taken. */
export type SettingsProblem =
  | { readonly type: 'not-json'; readonly error: JsonError }
  /** JSON, but not what {@link writeSettings} writes. */
  | { readonly type: 'not-settings' }
  | { readonly type: 'newer'; readonly version: number }
  | {
      readonly type: 'wrong-value';
      /** From 1. */
      readonly line: number;
      readonly key: string;
      /** Values that it can have, in the notation of the file. */
      readonly expects: string;
    };

/** A setting and the value that a file has for it. */
export interface ReadSetting {
  readonly setting: Setting<unknown>;
  readonly value: unknown;
}

export interface SettingsReading {
  /** What is sound. */
  readonly read: readonly ReadSetting[];
  /** Keys that are no settings of this version. */
  readonly unknown: readonly string[];
  /** What is not, in the order of the file. */
  readonly problems: readonly SettingsProblem[];
}

/** All settings in force as the text of a file. */
export function writeSettings(settings: Settings): string {
  const values = Object.fromEntries(ALL_SETTINGS.map((setting) => [setting.key, settings.of(setting).value]));
  return `${JSON.stringify({ framescope: 'settings', version: VERSION, settings: values }, undefined, 2)}\n`;
}

/** Reads what is sound of a file: of one that breaks off, what stands before that place. */
export function readSettings(text: string): SettingsReading {
  const document = parseJson(text);
  const { error, root } = document;
  const broken: SettingsProblem[] = error ? [{ type: 'not-json', error }] : [];
  const fields = root === undefined ? new Map<string, JsonNodeId>() : membersOf(document, root);
  const version = parsed(document, fields.get('version'));
  const settings = fields.get('settings');
  const isOurs = parsed(document, fields.get('framescope')) === 'settings';
  if (
    !isOurs ||
    typeof version !== 'number' ||
    settings === undefined ||
    document.kind(settings) !== 'object'
  ) {
    return nothing(error ? broken : [{ type: 'not-settings' }]);
  }
  if (version > VERSION) return nothing([{ type: 'newer', version }]);
  const { problems, ...values } = readValues(document, membersOf(document, settings));
  return { ...values, problems: [...problems, ...broken] };
}

function readValues(document: JsonDocument, members: ReadonlyMap<string, JsonNodeId>): SettingsReading {
  const read: ReadSetting[] = [];
  const unknown: string[] = [];
  const problems: SettingsProblem[] = [];
  for (const [key, node] of members) {
    const setting = ALL_SETTINGS.find((one) => one.key === key);
    if (!setting) {
      unknown.push(key);
      continue;
    }
    const value = setting.shape.read(parsed(document, node));
    if (value !== undefined) read.push({ setting, value });
    else {
      const { line } = lineAndColumn(document.source, document.start(node));
      problems.push({ type: 'wrong-value', line, key, expects: setting.shape.expects });
    }
  }
  return { read, unknown, problems };
}

function nothing(problems: readonly SettingsProblem[]): SettingsReading {
  return { read: [], unknown: [], problems };
}

/** The last one of members with the same key counts, as for everybody who reads JSON. Of what breaks off only the settings themselves are there. */
function membersOf(document: JsonDocument, node: JsonNodeId): Map<string, JsonNodeId> {
  const members = new Map<string, JsonNodeId>();
  for (const child of document.children(node, 0, document.childCount(node))) {
    const key = document.keyText(child);
    const isThere = document.isComplete(child) || key === 'settings';
    if (key !== undefined && isThere) members.set(key, child);
  }
  return members;
}

function parsed(document: JsonDocument, node: JsonNodeId | undefined): unknown {
  return node === undefined ? undefined : JSON.parse(document.sourceText(node));
}
