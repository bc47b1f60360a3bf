import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageType } from '../../../../src/decoders/message-types/message-type.ts';

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
    ['2', '2'],
    ['', undefined],
    // Heartbeats by the form of the whole message
    ['{}', 'heartbeat'],
    [' { } ', 'heartbeat'],
    ['{"ping":1492420473027}', 'ping'],
    ['{ "pong" : "x" }', 'pong'],
    ['{"ping":1,"a":2}', undefined],
    ['{"shipping":1}', undefined],
    ['{"ping":{"a":1}}', undefined],
    ['ping', 'ping'],
    ['\n', 'heartbeat'],
    ['h', 'heartbeat'],
    ['[5,"hb"]', 'hb'],
    // Phoenix answers its heartbeats on a topic of their own
    ['[null,"5","phoenix","heartbeat",{}]', 'heartbeat'],
    ['[null,"5","phoenix","phx_reply",{"status":"ok","response":{}}]', 'heartbeat_reply'],
    ['["1","5","room:phoenix","phx_reply",{}]', 'phx_reply'],
    ['{"topic":"phoenix","event":"phx_reply","payload":{},"ref":"1"}', 'heartbeat_reply'],
    ['{"topic":"room:1","event":"phx_reply","payload":{},"ref":"1"}', 'phx_reply'],
    // SignalR ends each message with a separator
    ['{"type":6}\u001e', 'ping'],
    ['{"type":6}', '6'],
    ['{"type":6}\u001e{"type":1,"target":"Send","arguments":[]}\u001e', 'Send'],
    ['{"type":6}\u001e{"type":6}\u001e', 'ping'],
    ['{"type":1,"target":"ReceiveMessage","arguments":["a"]}\u001e', 'ReceiveMessage'],
    ['{"type":3,"invocationId":"0","result":1}\u001e', 'completion'],
    [`{"type":3,"invocationId":"0","result":"${'x'.repeat(5000)}"}\u001e`, 'completion'],
    [`{"type":1,"target":"Big","arguments":["${'x'.repeat(5000)}"]}\u001e`, 'Big'],
    [`{"type":3,"data":"${'x'.repeat(5000)}"}`, '3'],
    ['{"type":1,"target":"Send","arguments":[]}', '1'],
    ['{"type":12}\u001e', '12'],
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

  it.each([
    ['wss://gateway.discord.gg/?v=10&encoding=json', '{"op":1,"d":251}', 'heartbeat'],
    ['wss://gateway-us-east1-b.discord.gg/', '{"t":null,"s":null,"op":11,"d":null}', 'heartbeat ack'],
    ['wss://discord.gg.example.test/', '{"op":1,"d":251}', '1'],
    ['wss://example.test/?u=discord.gg', '{"op":1,"d":251}', '1'],
    ['wss://realtime.ably.io/?key=x', '{"action":0}', 'heartbeat'],
    ['wss://realtime.ably.io/?key=x', '{"action":15,"messages":[]}', '15'],
  ])('knows numbers by the service: on %s %j is of type %j', (url, text, type) => {
    expect(messageType(text, { url })).toBe(type);
  });

  it('asks the members that a person has chosen', () => {
    expect(messageType('{"type":"data","symbol":"BTC"}', { members: ['symbol'] })).toBe('BTC');
  });

  it('gives up where the type stands too far behind', () => {
    expect(messageType(`{"data":"${'x'.repeat(5000)}","type":"late"}`)).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'valueOf', ' toString '])(
    'takes %j for no name of a heartbeat',
    (text) => {
      expect(messageType(text)).toBeUndefined();
    },
  );

  it('looks at white space once', () => {
    const text = `{"ping":${' '.repeat(4000)}x`;
    for (let time = 0; time < 2000; time++) expect(messageType(text)).toBeUndefined();
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
