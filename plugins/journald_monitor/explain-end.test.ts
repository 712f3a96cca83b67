import { describe, expect, it } from 'vitest';
import { explainEnd, refusesCursor, saysPartial } from './explain-end.ts';

/** What journalctl 252 says. */
describe('explainEnd', () => {
  it.each([
    [
      'No journal files were opened due to insufficient permissions.',
      /^journalctl ended with exit code 1: No journal .* permissions\.; let the user of the collector read it \(usermod/,
    ],
    ['Failed to open /nonexistent: No such file or directory', /; correct journal_path$/],
    ["Failed to add match 'PID': Invalid argument", /; correct journal_matches$/],
    ['Something else', /^journalctl ended with exit code 1: Something else$/],
    ['', /^journalctl ended with exit code 1$/],
  ])('says what to do about %j', (complaint, expected) => {
    expect(explainEnd({ status: 1 }, [complaint])).toMatch(expected);
  });

  it('names the signal that ended journalctl', () => {
    expect(explainEnd({ status: 'SIGKILL' }, [])).toBe('journalctl ended with SIGKILL');
  });

  it('says when it cannot be started', () => {
    const error = Object.assign(new Error('spawn journalctl EAGAIN'), { code: 'EAGAIN' });
    expect(explainEnd({ error, status: 'not started' }, [])).toBe(
      'journalctl cannot be started: spawn journalctl EAGAIN',
    );
  });
});

it('knows what journalctl says when it shows only a part, or does not understand a cursor', () => {
  expect(saysPartial('Hint: You are currently not seeing messages from other users and the system.')).toBe(
    true,
  );
  expect(refusesCursor(['Failed to seek to cursor: Invalid argument'])).toBe(true);
  expect(refusesCursor(['Failed to open files'])).toBe(false);
});
