import type { PrivacyChange } from './change.ts';
import { type HiddenList, isNumber, plainList } from './list-changes.ts';
import { identityOf } from './phone.ts';
import type { Gateway } from './ports.ts';

/** Reads who is hidden; undefined where the gateway can't say. Rejects only with the reason of the signal. */
export type ReadList = (options?: { timeoutMs?: number }) => Promise<HiddenList | undefined>;

/** Where the list has private ids, the numbers that the change names are looked up once, to know theirs. */
export function createListReader(
  { setting, hide, showAgain }: PrivacyChange,
  { gateway, signal }: { gateway: Gateway; signal: AbortSignal },
): ReadList {
  const numbers = [...hide, ...showAgain].filter(isNumber);
  let privateIds: ReadonlyMap<string, string> | undefined;

  async function lookUp(timeoutMs: number | undefined): Promise<ReadonlyMap<string, string>> {
    const lookedUp = await gateway.lookUp(numbers, { signal, ...(timeoutMs !== undefined && { timeoutMs }) });
    return new Map(
      lookedUp.flatMap(({ asked, privateId }) => (privateId ? [[identityOf(asked), privateId]] : [])),
    );
  }

  return async ({ timeoutMs } = {}) => {
    const entries = await gateway
      .readHidden(setting, { signal, ...(timeoutMs !== undefined && { timeoutMs }) })
      .catch(() => undefined);
    signal.throwIfAborted();
    if (!entries) return undefined;
    const list = plainList(entries);
    if (list.isConclusive || numbers.length === 0) return list;
    privateIds ??= await lookUp(timeoutMs).catch(() => undefined);
    signal.throwIfAborted();
    if (!privateIds) return list;
    const known = privateIds;
    return {
      entries,
      privateIds: known,
      isConclusive: numbers.every((number) => known.has(identityOf(number))),
    };
  };
}
