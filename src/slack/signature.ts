import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';

/** As far as clocks may differ, and a request be old: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const longestSkewSeconds = 300;

/** Why a request is not taken for one of Slack's. */
export type Untrue = 'no signature' | 'timestamp too old or too new' | 'signature mismatch';

/** Says of a request whether Slack signed it, with a secret that it shares with this app, and not long ago. */
export function createSignatureCheck(signingSecret: string, now: () => number = Date.now) {
  const key = createSecretKey(Buffer.from(signingSecret));
  return (headers: { timestamp: unknown; signature: unknown }, body: Buffer): Untrue | undefined => {
    const { timestamp, signature } = headers;
    if (typeof timestamp !== 'string' || !/^\d{1,15}$/.test(timestamp)) return 'no signature';
    if (typeof signature !== 'string') return 'no signature';
    if (Math.abs(now() / 1000 - Number(timestamp)) > longestSkewSeconds)
      return 'timestamp too old or too new';
    return isSame(signature, digestOf(key, timestamp, body)) ? undefined : 'signature mismatch';
  };
}

function digestOf(key: KeyObject, timestamp: string, body: Buffer): string {
  return `v0=${createHmac('sha256', key).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/** Takes as long for any other text of the same length. */
function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
