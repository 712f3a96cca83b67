import { describe, expect, it } from 'vitest';
import { parseFromThread, parseToThread } from '../../../src/host/thread/thread-message.ts';

describe('messages to a thread', () => {
  it.each([
    { kind: 'join', member: 1, ring: new SharedArrayBuffer(32) },
    { kind: 'message', member: 1, text: '{}' },
    { kind: 'evict', member: 1 },
    { kind: 'end' },
  ])('are read: $kind', (message) => {
    expect(parseToThread(message)).toEqual(message);
  });

  it.each([
    null,
    'text',
    { kind: 'join', member: 1 },
    { kind: 'message', member: 1 },
    { kind: 'evict' },
    { kind: 'other', member: 1 },
  ])('are nothing else: %j', (message) => {
    expect(parseToThread(message)).toBeUndefined();
  });
});

describe('messages from a thread', () => {
  it.each([
    { kind: 'readable', member: 1 },
    { kind: 'message', member: 1, text: '{}' },
    { kind: 'left', member: 1, wasEvicted: true },
  ])('are read: $kind', (message) => {
    expect(parseFromThread(message)).toEqual(message);
  });

  it.each([null, 7, { kind: 'left' }, { kind: 'message', member: 1, text: 7 }, { kind: 'end', member: 1 }])(
    'are nothing else, whatever a plugin sends: %j',
    (message) => {
      expect(parseFromThread(message)).toBeUndefined();
    },
  );
});
