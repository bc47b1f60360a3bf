import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageType } from '../../../src/decoders/message-type.ts';

describe('messageType', () => {
  it.each([
    ['{"type":"trade","symbol":"BTC-USD"}', 'trade'],
    ['  {"symbol":"BTC-USD", "type" : "trade"}', 'trade'],
    ['{"op":"subscribe","channel":"ticker"}', 'subscribe'],
    ['{"channel":"ticker","op":10,"d":{"type":"inner"}}', '10'],
    ['{"d":{"type":"inner"},"event":"outer"}', 'outer'],
    ['{"d":[{"type":"inner"},[1,"]"]],"event":"outer"}', 'outer'],
    ['{"jsonrpc":"2.0","method":"eth_subscribe","params":[]}', 'eth_subscribe'],
    ['{"type":"data","event":"x"}', 'data'],
    ['{"event":"x","type":"data"}', 'data'],
    ['{"type":{"nested":1},"event":"x"}', 'x'],
    ['{"benutzer":"Ana","nachricht":"Ja"}', undefined],
    ['{"type":""}', undefined],
    [`{"type":"${'x'.repeat(65)}"}`, undefined],
    ['{"type":1.5}', undefined],
    ['["EVENT",{"id":1}]', 'EVENT'],
    ['["1","3","room:lobby","phx_reply",{}]', 'phx_reply'],
    ['[1,2,3]', undefined],
    ['SUBSCRIBE\nid:0\n\n\0', 'SUBSCRIBE'],
    ['hello', undefined],
    ['42', undefined],
    ['2', undefined],
    ['', undefined],
    ['{', undefined],
    ['{"type"', undefined],
  ])('%j is of type %j', (text, type) => {
    expect(messageType(text)).toBe(type);
  });

  it.each([
    ['42["poll",{"question":"?"}]', 'poll'],
    ['42/room,7["sum",5,6]', 'sum'],
    ['43/room,0[11]', 'ack'],
    ['40{"sid":"x"}', 'connect'],
    ['0{"sid":"x","upgrades":[]}', 'open'],
    ['2', 'ping'],
    ['3probe', 'pong'],
    ['451-["upload",{"_placeholder":true,"num":0}]', 'upload'],
    ['hello', undefined],
  ])('on a socket of Socket.IO %j is of type %j', (text, type) => {
    expect(messageType(text, { url: 'wss://example.test/socket.io/?EIO=4&transport=websocket' })).toBe(type);
  });

  it('asks the members that a person has chosen', () => {
    expect(messageType('{"type":"data","symbol":"BTC"}', { members: ['symbol'] })).toBe('BTC');
  });

  it('gives up where the type stands too far behind', () => {
    expect(messageType(`{"data":"${'x'.repeat(5000)}","type":"late"}`)).toBeUndefined();
  });

  it('never throws and takes no more than a moment, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 300 }), fc.json(), fc.stringMatching(/^[[{"\\:, a]*$/)),
        (text) => {
          const type = messageType(text);
          expect(type === undefined || type.length <= 64).toBe(true);
        },
      ),
    );
  });

  it('finds the type of each object that JSON can write', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 })), (rest) => {
        const text = JSON.stringify({ ...rest, type: 'known' });
        fc.pre(text.length < 4096);
        expect(messageType(text)).toBe('known');
      }),
    );
  });
});
