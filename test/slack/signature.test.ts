import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createSignatureCheck } from '../../src/slack/signature.ts';

/** The example in https://docs.slack.dev/authentication/verifying-requests-from-slack */
const example = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
};
const { secret, timestamp, signature } = example;

/** What is said of the example, so many seconds after it was signed, with some of it changed. */
function said({
  afterSeconds = 0,
  ...changed
}: {
  afterSeconds?: number;
  timestamp?: unknown;
  signature?: unknown;
  body?: Buffer;
} = {}) {
  const now = () => (Number(timestamp) + afterSeconds) * 1000;
  const request = { ...example, ...changed };
  return createSignatureCheck(secret, now)(request, request.body);
}

test('what Slack gives as its example is taken', () => {
  expect(said()).toBeUndefined();
});

test('bytes are signed, not letters', () => {
  const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x00]);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex');
  expect(said({ body: bytes, signature: `v0=${digest}` })).toBeUndefined();
});

describe('a signature is refused', () => {
  test.each<[string, unknown]>([
    ['of another body', createHmac('sha256', secret).update(`v0:${timestamp}:x`).digest('hex')],
    ['with one letter changed', signature.replace('a2114', 'a2115')],
    ['in capitals', signature.toUpperCase()],
    ['of another version', signature.replace('v0', 'v1')],
    ['cut short', signature.slice(0, -2)],
    ['with more behind it', `${signature}0`],
    ['that is empty', ''],
    ['of letters that take two bytes', 'é'.repeat(signature.length)],
  ])('%s', (_what, given) => {
    expect(said({ signature: given })).toBe('signature mismatch');
  });

  test('for another time', () => {
    expect(said({ timestamp: String(Number(timestamp) + 1) })).toBe('signature mismatch');
  });

  test.each([[undefined], [['v0=1', 'v0=2']]])('that is none: %p', (given) => {
    expect(said({ signature: given })).toBe('no signature');
  });

  test.each([
    [undefined],
    [''],
    ['now'],
    ['-1531420618'],
    ['1531420618.5'],
    [' 1531420618'],
    ['1e9'],
    [[timestamp]],
  ])('with a time that is none: %p', (given) => {
    expect(said({ timestamp: given })).toBe('no signature');
  });
});

test('it is taken for five minutes before and after its time, and no longer', () => {
  expect(said({ afterSeconds: 300 })).toBeUndefined();
  expect(said({ afterSeconds: 301 })).toBe('timestamp too old or too new');
  expect(said({ afterSeconds: -300 })).toBeUndefined();
  expect(said({ afterSeconds: -301 })).toBe('timestamp too old or too new');
});
