import { describe, expect, it } from 'vitest';
import { KnownControllers } from './known-controllers.ts';
import { parseControllers } from './parse-controllers.ts';

describe('parseControllers', () => {
  const pod = (metadata: Record<string, unknown>) => ({ metadata: { uid: 'u', ...metadata } });
  const owner = (kind: string, name: string, controller = true) => ({ kind, name, controller });

  it.each([
    ['Deployment', [owner('ReplicaSet', 'web-5d78')], { 'pod-template-hash': '5d78' }, 'web'],
    ['ReplicaSet', [owner('ReplicaSet', 'web-5d78')], {}, 'web-5d78'],
    ['DaemonSet', [owner('Node', 'n', false), owner('DaemonSet', 'agent')], {}, 'agent'],
    ['nobody', [owner('Node', 'n', false)], {}, undefined],
  ])('finds the name of a %s', (_kind, ownerReferences, labels, name) => {
    const answer = { items: [pod({ ownerReferences, labels })] };
    expect(parseControllers(JSON.parse(JSON.stringify(answer)))?.get('u')).toBe(name);
  });

  it.each([null, [], {}, 'OK', { items: {} }])('does not take %j for a list of pods', (answer) => {
    expect(parseControllers(answer)).toBeUndefined();
  });
});

describe('KnownControllers', () => {
  it('forgets pods that are gone, and remembers those without a controller', () => {
    const known = new KnownControllers();
    known.learn(['a', 'b'], new Map([['a', 'web']]));
    expect(known.isNewAmong(['a', 'b'])).toBe(false);
    known.learn(['b'], new Map());
    expect(known.isNewAmong(['a'])).toBe(true);
    expect(known.of('b')).toBeUndefined();
  });
});
