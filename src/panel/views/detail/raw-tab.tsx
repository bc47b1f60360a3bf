import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { prettyJson } from '../../../decoders/pretty-json.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { useModel } from '../context.ts';
import { canBePretty } from './raw-layout.ts';
import { RawView } from './raw-view.tsx';

/** The Raw tab: exactly what went over the wire or, where a person wants that, JSON laid out anew. */
export function RawTab({ payload }: { readonly payload: string | Uint8Array }): JSX.Element {
  const { settings } = useModel();
  const wraps = settings.of(SETTINGS.wrapsRaw);
  const isPretty = settings.of(SETTINGS.laysOutRaw);
  const pretty = useMemo(
    () => (isPretty.value && canBePretty(payload) ? prettyJson(payload) : undefined),
    [payload, isPretty.value],
  );
  return <RawView payload={pretty ?? payload} wraps={wraps.value} />;
}
