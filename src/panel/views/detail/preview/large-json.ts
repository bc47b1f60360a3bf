import { useEffect, useMemo, useState } from 'preact/hooks';
import { type JsonDocument, parseJson } from '../../../../decoders/json/document.ts';
import { useModel } from '../../context.ts';

/** UTF-16 units from which on a text is read by a worker: here it would take as long as a picture or two. */
export const LARGE = 256 * 1024;

/** A text as JSON. A large one comes later; it is not read any more when another one is wanted. */
export function useJson(text: string | undefined): JsonDocument | undefined {
  const model = useModel();
  const isLarge = text !== undefined && text.length > LARGE;
  const small = useMemo(() => (text === undefined || isLarge ? undefined : parseJson(text)), [text]);
  const [large, setLarge] = useState<JsonDocument>();
  useEffect(() => {
    setLarge(undefined);
    if (!isLarge) return undefined;
    const leaving = new AbortController();
    void model.largePayloads.readJson(text, leaving.signal).then((read) => {
      if (!leaving.signal.aborted) setLarge(read);
    });
    return () => leaving.abort();
  }, [model, text]);
  return isLarge && large?.source === text ? large : small;
}
