import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSyslog } from './parse-syslog.ts';

/** What may stand in the header of RFC 5424, and is not `-`. */
function word(maxLength: number) {
  return fc
    .string({ minLength: 1, maxLength, unit: 'grapheme-ascii' })
    .filter((text) => /^[!-~]+$/.test(text) && text !== '-');
}

const text = fc.string({ unit: 'binary' }).filter((candidate) => !candidate.startsWith('\uFEFF'));

describe('parseSyslog', () => {
  it('reads back any header of RFC 5424', () => {
    const header = fc.record({
      hostname: word(255),
      app: word(48),
      procid: word(128),
      msgid: word(32),
    });
    fc.assert(
      fc.property(header, text, (fields, said) => {
        const { hostname, app, procid, msgid } = fields;
        const message = `<165>1 2003-10-11T22:14:15.003Z ${hostname} ${app} ${procid} ${msgid} - ${said}`;
        expect(parseSyslog(message)).toEqual({
          text: said,
          fields: {
            facility: 'local4',
            level: 'notice',
            timestamp: '2003-10-11T22:14:15.003Z',
            ...fields,
          },
        });
      }),
    );
  });

  it('loses nothing of any message: what is no header is text', () => {
    fc.assert(
      fc.property(text, (said) => {
        const parsed = parseSyslog(`<13>x${said}`);
        expect(parsed).toEqual({ text: `x${said}`, fields: { facility: 'user', level: 'notice' } });
      }),
    );
  });

  it.each([
    ['<34>Oct 11 22:14:15 web su: hi', { hostname: 'web', app: 'su', timestamp: 'Oct 11 22:14:15' }, 'hi'],
    ['<34>Oct  1 22:14:15 fe80::1 a-b/c[12]:hi', { hostname: 'fe80::1', app: 'a-b/c', procid: '12' }, 'hi'],
    ['<34>Oct 11 22:14:15 su: hi: you', { app: 'su' }, 'hi: you'],
    ['<34>Oct 11 22:14:15 web just text', { hostname: 'web' }, 'just text'],
    ['<34>2003-10-11T22:14:15Z web su: hi', { hostname: 'web', timestamp: '2003-10-11T22:14:15Z' }, 'hi'],
    ['<34>1 - - - - - - hi', {}, 'hi'],
    ['<34>1 - - - - - [a@1 b="\\]\\""][c] hi', { structured_data: '[a@1 b="\\]\\""][c]' }, 'hi'],
    ['<34>1 - - - - - - \uFEFFhi', {}, 'hi'],
    ['<34>1 - web', {}, '1 - web'],
    ['<34>1 - - - - - [broken hi', {}, '1 - - - - - [broken hi'],
    ['no priority', {}, 'no priority'],
  ])('reads %j', (message, fields, said) => {
    const parsed = parseSyslog(message);
    expect(parsed.text).toBe(said);
    expect(parsed.fields).toMatchObject(fields);
  });

  it('names facility and level as RFC 5427 does', () => {
    expect(parseSyslog('<0>x').fields).toEqual({ facility: 'kern', level: 'emerg' });
    expect(parseSyslog('<86>x').fields).toEqual({ facility: 'authpriv', level: 'info' });
    expect(parseSyslog('<191>x').fields).toEqual({ facility: 'local7', level: 'debug' });
  });
});
