import type { WhatsappAccount } from './types.ts';

type Lag = { list: readonly string[]; endsAtMs: number };

const lags = new WeakMap<WhatsappAccount, Lag[]>();

/** Has the account's list read, for so long, as it stands now. */
export function holdBackList(account: WhatsappAccount, delayMs: number): void {
  const nowMs = performance.now();
  const pending = (lags.get(account) ?? []).filter(({ endsAtMs }) => endsAtMs > nowMs);
  lags.set(account, [...pending, { list: [...account.disallowed], endsAtMs: nowMs + delayMs }]);
}

/** The account's list as a read tells it: no newer than what the oldest lag under way allows. */
export function readList(account: WhatsappAccount): readonly string[] {
  const nowMs = performance.now();
  return lags.get(account)?.find(({ endsAtMs }) => endsAtMs > nowMs)?.list ?? account.disallowed;
}
