import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Payload } from '../../../../decoders/payload.ts';
import { prettyPayload } from '../../../../decoders/pretty-payload.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import { SETTINGS } from '../../../settings/schema.ts';
import { useModel } from '../../context.ts';
import { canBePretty } from './raw-layout.ts';
import { RawView } from './raw-view.tsx';

interface RawTabProps {
  readonly payload: Payload;
  readonly socket: SocketWords;
}

/** The Raw tab: exactly what went over the wire or, where the user wants that, JSON laid out anew. */
export function RawTab({ payload, socket }: RawTabProps): JSX.Element {
  const { settings } = useModel();
  const wraps = settings.of(SETTINGS.wrapsRaw).value;
  const isPretty = settings.of(SETTINGS.laysOutRaw).value;
  const form = settings.of(SETTINGS.bytesInRaw).value;
  const pretty = useMemo(
    () => (isPretty && canBePretty(payload, socket, form) ? prettyPayload(payload, socket) : undefined),
    [payload, socket.reading, isPretty, form],
  );
  return <RawView payload={pretty ?? payload} wraps={wraps} form={form} />;
}
