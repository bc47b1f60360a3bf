import { expect, test } from 'vitest';
import { isHeartbeat } from '../../../../src/decoders/message-types/heartbeats.ts';

test.each([
  'ping',
  'PONG',
  'heartbeat',
  'heart-beat',
  'heartbeatAck',
  'heartbeat_ack',
  'keepalive',
  'keep-alive',
  'KEEP_ALIVE',
  'ka',
  'pusher:ping',
  'connection.pong',
  'server/ping',
  'ping_response',
])('%s is a heartbeat', (type) => {
  expect(isHeartbeat(type)).toBe(true);
});

test.each(['shipping', 'pingpong-score', 'opening', 'pinged', 'heartbeats-chart', 'karma', 'trade', ''])(
  '%j is none',
  (type) => {
    expect(isHeartbeat(type)).toBe(false);
  },
);
