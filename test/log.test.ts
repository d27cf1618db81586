import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Config } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createChangeIds } from '../src/privacy/change-id.ts';
import { createRedact } from '../src/redact.ts';

const secrets = {
  botToken: 'xoxb-111-222-bOtT0ken',
  appToken: 'xapp-1-A0APP-333-aPpT0ken',
  instanceToken: 'iNsTaNcE/t0ken+1=',
  secondToken: 'se"cond\\t0ken',
  clientToken: 'F7c11ent^t0ken$',
  password: 'p@ss w0rd/é',
};
const databaseUrl = `postgres://lastseen:${encodeURIComponent(secrets.password)}@db.internal:5432/lastseen`;
const number = { name: 'main', label: undefined, instanceId: '3C0FFEE', auditChannel: undefined };
const access = { users: [], groups: [], channels: [] };
const { botToken, appToken, clientToken, instanceToken, secondToken } = secrets;
const config: Pick<Config, 'logLevel' | 'slack' | 'numbers' | 'store'> = {
  logLevel: 'trace',
  slack: { botToken, apiUrl: 'https://slack.com/api/', connection: { mode: 'socket', appToken } },
  numbers: [
    { ...number, access, instanceToken, clientToken },
    { ...number, access, instanceToken: secondToken, clientToken },
  ],
  store: { kind: 'postgres', databaseUrl },
};

function startLog(changed: Partial<typeof config> = {}) {
  const written: string[] = [];
  const log = createLog({ ...config, ...changed }, { write: (line) => void written.push(line) });
  const said = (fields: object, event = 'event') => {
    log.info(fields, event);
    return JSON.parse(written.at(-1) ?? '') as Record<string, unknown>;
  };
  return { log, written, said };
}

const { text } = createRedact(config);

describe('what looks like a secret or a number is taken out', () => {
  test.each<[string, string]>([
    ['token xoxb-123-456-aBcD is bad', 'token [token] is bad'],
    ['xoxp-1-2-3', '[token]'],
    ['xoxa-2-abc', '[token]'],
    ['xapp-1-A0123-4567-abcdef', '[token]'],
    ['xoxe-1-abc', '[token]'],
    ['xoxe.xoxb-1-abc', '[token]'],
    ['_xoxb-1-abc', '_[token]'],
    ['{"token":"xoxb-1-a","app":"xapp-1-b"}', '{"token":"[token]","app":"[token]"}'],
    ['token=xoxb-1-a&x=1', 'token=[token]&x=1'],
    ['to wss://wss-primary.slack.com/link/?ticket=abc&app_id=1 now', 'to [address] now'],
    ['POST https://hooks.slack.com/commands/T0/1/key', 'POST [address]'],
    ['POST HTTP://127.0.0.1:4000/instances/1/token/2', 'POST [address]'],
    ['postgresql://who:what@db/name?sslmode=require', '[address]'],
    ['from 5511987654321', 'from [digits]'],
    ['+5511987654321,+5521912345678', '+[digits],+[digits]'],
    ['+55 11 98765-4321', '+[digits]'],
    ['+55 (11) 9.8765‑4321', '+[digits]'],
    ['+55\u00a011\u00a098765\u20114321', '+[digits]'],
    ['\u202a+55\u200b11987654321\u202c', '\u202a+[digits]\u202c'],
    ['٥٥١١٩٨٧٦٥٤٣٢١', '[digits]'],
    ['on 2026-11-24 5511987654321', 'on 2026-11-24 [digits]'],
    ['2026-11-24T5511987654321', '2026-11-24T[digits]'],
    ['+2026-11-24-1234567', '+[digits]'],
    ['2026-11-241234567', '[digits]'],
    ['123456789012345@lid', '[digits]@lid'],
  ])('%j', (said, written) => {
    expect(text(said)).toBe(written);
    expect(startLog().said({ field: said, nested: [{ deep: said }] }, said)).toMatchObject({
      msg: written,
      field: written,
      nested: [{ deep: written }],
    });
  });

  test('a phone number that is a number', () => {
    const { said } = startLog();
    expect(said({ phone: 5511987654321, few: [551187654321] })).toMatchObject({
      phone: '[digits]',
      few: ['[digits]'],
    });
  });

  test('a phone number written over several lines', () => {
    expect(startLog().said({ typed: '+55\n11\t98765\r\n4321' }).typed).toBe('+[digits]');
  });

  test('the keys, too', () => {
    const { written, said } = startLog();
    said({ [secrets.clientToken]: 1, '+5511987654321': 2 });
    expect(written[0]).toContain('"[secret]":1,"+[digits]":2');
  });
});

describe('what is no secret stays readable', () => {
  test.each([
    { ms: 12_345, at: 1_785_000_000_123, took: 1.234567890123, least: 1.5e-7, none: -1, id: 'U012AB3CD4E' },
    { at: '2026-11-24T20:04:06.123Z', day: '2026-11-24', local: '2026-11-24T20:04:06+02:00' },
    { ids: '3C0FFEE C0123ABCDEF', host: '127.0.0.1:5432', version: '24.21.0', code: 'ECONNREFUSED 502' },
    { at: ['at answer (file:///opt/bot/src/slack/answer.ts:101:45)', 'at node:internal/process:12:3'] },
    { said: 'A pong was not received within 5000 ms; retry 3 of 10 (socket_mode_client:1)' },
    { change: '123456789abc', undoes: '000000000000' },
  ])('%j', (fields) => {
    expect(startLog().said(fields)).toMatchObject(fields);
  });

  test('the id of a change, whatever it is', () => {
    const { said } = startLog();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 ** 9 - 5 }), (ms) => {
        const change = createChangeIds(() => ms)();
        expect(said({ change }).change).toBe(change);
      }),
    );
  });

  test('its time', () => {
    expect(String(startLog().said({}).time)).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ$/);
  });
});

describe('whatever is said', () => {
  const anySecret = fc.constantFrom(...Object.values(secrets), databaseUrl);
  const anyText = fc.string({ unit: 'binary', maxLength: 20 });
  const spelled = fc.tuple(
    anySecret,
    fc.constantFrom((s: string) => s, encodeURIComponent),
  );
  const forbidden = [...Object.values(secrets), databaseUrl].flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);

  test('no secret of the configuration survives, and the line stays JSON', () => {
    const { written, said } = startLog();
    fc.assert(
      fc.property(anyText, spelled, anyText, (before, [secret, spell], after) => {
        const whole = before + spell(secret) + after;
        const line = JSON.stringify(said({ a: whole, b: { c: [whole] } }, whole));
        for (const value of forbidden) {
          expect(written.at(-1)).not.toContain(value);
          expect(line).not.toContain(value);
          expect(text(whole)).not.toContain(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('no phone number survives, however it is written', () => {
    const digit = fc.constantFrom(...'0123456789');
    const between = fc.constantFrom('', ' ', '-', '.', ' (', ') ', '\u00a0', '\u2011', '\u200e', ' - ', '\n');
    const phone = fc.array(fc.tuple(digit, between), { minLength: 10, maxLength: 15 });
    const { said } = startLog();
    fc.assert(
      fc.property(anyText, phone, anyText, (before, pieces, after) => {
        // The last one has nothing after it; all the digits but the shortest rest must be gone.
        const digits = pieces.map(([one]) => one).join('');
        const whole = `${before}+${pieces.map((piece) => piece.join('')).join('')}${after}`;
        const line = said({ typed: whole }, whole);
        const left = [line.typed, line.msg, text(whole)].join('\n').replace(/[^\d]/g, '');
        expect(left).not.toContain(digits.slice(-9));
      }),
      { numRuns: 300 },
    );
  });

  test('a line stays JSON, and only what is a secret differs', () => {
    const { said } = startLog();
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = JSON.stringify(value);
        const after = JSON.stringify(said({ value }).value);
        const hasShape = /\d(?:\D{0,12}\d){7}|:\/\//.test(before);
        if (!hasShape) expect(after).toBe(before);
      }),
    );
  });
});

test('the signing secret and a password that is not well-formed are secrets, too', () => {
  const { written, said } = startLog({
    slack: {
      ...config.slack,
      connection: { mode: 'http', signingSecret: 'sIgNiNgSeCrEt', port: 1, host: '' },
    },
    store: { kind: 'postgres', databaseUrl: 'postgres://u:100%25%zz-safe@h/d' },
  });
  said({ a: 'with sIgNiNgSeCrEt', b: 'SIGNINGSECRET', c: '100%25%zz-safe' });
  expect(written[0]).toMatch(/"a":"with \[secret\]","b":"\[secret\]","c":"\[secret\]"/);
});

test('a short password is a word, and does not tear the lines', () => {
  const { said } = startLog({ store: { kind: 'postgres', databaseUrl: 'postgres://u:event@h/d' } });
  expect(said({ to: 'postgres://u:event@h/d' }, 'an event')).toMatchObject({
    msg: 'an event',
    to: '[secret]',
  });
});

test('what is below the level is not written', () => {
  const { log, written } = startLog({ logLevel: 'warn' });
  log.info({}, 'no');
  log.warn({}, 'yes');
  expect(written).toHaveLength(1);
});
