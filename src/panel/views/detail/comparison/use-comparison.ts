import { useEffect, useMemo, useState } from 'preact/hooks';
import { diffPayloads } from '../../../../decoders/diff.ts';
import type { Payload } from '../../../../decoders/payload.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import type { Compared, Comparison } from '../../../worker/compare.ts';
import { useModel } from '../../context.ts';

/** UTF-16 units or bytes of both payloads from which a worker compares them: in the panel this could take longer than a picture. */
const LARGE = 16 * 1024;

interface Found {
  readonly comparison: Comparison;
  readonly compared: Compared;
}

/**
 * How two payloads differ; undefined while large ones are being compared, which is cancelled when others are needed.
 * @param sockets of the two
 */
export function useComparison(
  before: Payload,
  after: Payload,
  [socketBefore, socketAfter]: readonly [SocketWords, SocketWords],
): Compared | undefined {
  const model = useModel();
  const comparison: Comparison = useMemo(
    () => ({ payloads: [before, after], sockets: [wordsOf(socketBefore), wordsOf(socketAfter)] }),
    [before, after, socketBefore.reading, socketAfter.reading],
  );
  const isLarge = before.length + after.length > LARGE;
  const small = useMemo(
    () => (isLarge ? undefined : diffPayloads(...comparison.payloads, comparison.sockets)),
    [comparison],
  );
  const [found, setFound] = useState<Found | undefined>(undefined);
  useEffect(() => {
    if (!isLarge) return undefined;
    const leaving = new AbortController();
    void model.largePayloads.compare(comparison, leaving.signal).then((compared) => {
      if (compared) setFound({ comparison, compared });
    });
    return () => leaving.abort();
  }, [model, comparison]);
  return small ?? (found?.comparison === comparison ? found.compared : undefined);
}

/** What is known of a socket beside that need not be handed over. */
function wordsOf({ url, protocol, reading }: SocketWords): SocketWords {
  return { url, protocol, reading };
}
