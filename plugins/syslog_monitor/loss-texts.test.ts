import { expect, it } from 'vitest';
import { lossTexts } from './loss-texts.ts';

it.each([
  ['split', 1, /^Split 1 message over TCP, longer than tcp_buffer_size allows: raise it/],
  [
    'incomplete',
    2,
    /^Gave up waiting for the end of a message over TCP 2 times, .*set tcp_message_delimiter/,
  ],
  ['notUtf8', 1, /^Replaced what is no UTF-8 in 1 message/],
  ['refused', 2, /^Closed 2 connections at once, .* tcp_max_connections/],
  ['notAccepted', 1, /^Could not accept 1 connection: .*LimitNOFILE/],
  ['overrun', 3, /^Lost 3 messages over UDP, .*raise udp_receive_buffer/],
] as const)('says how much is "%s", and what to change', (loss, count, text) => {
  expect(lossTexts[loss](count)).toMatch(text);
});
