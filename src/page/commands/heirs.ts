import type { PanelMessage } from '../../protocol/messages.ts';
import type { HeirNotice } from '../../protocol/older-pages.ts';
import { addListener, bare, dispatch, NativeMessageEvent, readData, sequenceOf } from '../natives/natives.ts';

/** Hands over the port again to whoever knows the name that the content script has told. */
export function leaveHeirs(own: MessagePort, port: MessagePort): void {
  addListener(own, 'message', (event) => {
    const message = readData(event) as HeirNotice | { readonly type: PanelMessage['type'] };
    if (message.type !== 'heir') return;
    const { name } = message;
    const handOver = () =>
      dispatch(document, new NativeMessageEvent(name, bare({ ports: sequenceOf(port) })));
    addListener(document, name, handOver, bare({ once: true }));
  });
}
