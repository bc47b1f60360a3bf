import { useEffect, useState } from 'preact/hooks';
import { type JsonDocument, parseJson } from '../../../../decoders/json/document.ts';
import { useModel } from '../../context.ts';

/** UTF-16 units from which on a text is read by a worker: here it would take as long as a picture or two. */
export const LARGE = 256 * 1024;

/** A text as JSON. A large one comes later; it is not read any more when another one is wanted. */
export function useJson(text: string | undefined): JsonDocument | undefined {
  const model = useModel();
  const [document, setDocument] = useState<JsonDocument | undefined>(() =>
    text !== undefined && text.length <= LARGE ? parseJson(text) : undefined,
  );
  useEffect(() => {
    if (text === undefined || document?.source === text) return undefined;
    const leaving = new AbortController();
    setDocument(undefined);
    void model.largePayloads.readJson(text, leaving.signal).then((read) => {
      if (!leaving.signal.aborted) setDocument(read);
    });
    return () => leaving.abort();
  }, [model, text]);
  return document?.source === text ? document : undefined;
}
