import { type ChangeProblem, inBoth, type PrivacyChange } from './change.ts';
import { exceptsNobody } from './list-changes.ts';
import { identityOf, type Phone } from './phone.ts';
import type { Gateway, LookedUp } from './ports.ts';

/**
 * A change with its typed numbers as WhatsApp writes them. `isLookedUp`: undefined where none was typed, false where the
 * gateway did not say in time. `strangers`: numbers to hide from that are not on WhatsApp. `problems`: who turned out to be in
 * both lists.
 */
export type WhatsappCheck = {
  change: PrivacyChange;
  isLookedUp: boolean | undefined;
  strangers: Phone[];
  problems: ChangeProblem[];
};

/** Never rejects: what can't be checked in time goes on unchecked. */
export async function checkOnWhatsapp(
  gateway: Pick<Gateway, 'lookUp'>,
  { change, typed }: { change: PrivacyChange; typed: readonly Phone[] },
  timeoutMs: number,
): Promise<WhatsappCheck> {
  if (typed.length === 0) return { change, isLookedUp: undefined, strangers: [], problems: [] };
  const answers = await gateway.lookUp(typed, { timeoutMs }).catch(() => undefined);
  if (!answers) return { change, isLookedUp: false, strangers: [], problems: [] };
  const said = new Map(answers.map((answer) => [answer.asked, answer]));
  const asWritten = (entry: string) => writtenAs(entry, said.get(entry));
  const hide = onceEach(change.hide.map(asWritten));
  const showAgain = onceEach(change.showAgain.map(asWritten));
  const privateIds = change.hide.flatMap((entry) => said.get(entry)?.privateId ?? []);
  return {
    change: { ...change, hide, showAgain },
    problems: inBoth([...hide, ...privateIds], showAgain),
    isLookedUp: typed.every((phone) => said.has(phone)),
    // Whoever left WhatsApp may still be on the list, and can be taken off it.
    strangers: typed.filter(
      (phone) => change.hide.includes(phone) && said.get(phone)?.isOnWhatsApp === false,
    ),
  };
}

function writtenAs(entry: string, answer: LookedUp | undefined): string {
  return answer?.isOnWhatsApp ? answer.phone : entry;
}

function onceEach(entries: readonly string[]): string[] {
  return [...new Map(entries.map((entry) => [identityOf(entry), entry])).values()];
}

/**
 * All that the gateway is asked about a change before it is recorded. `wouldExceptNobody`: it would leave an empty list.
 * Never rejects: where the gateway can't say in time, the change is made all the same.
 */
export async function checkWithGateway(
  gateway: Pick<Gateway, 'lookUp' | 'readHidden'>,
  parsed: { change: PrivacyChange; typed: readonly Phone[] },
  timeoutMs: number,
): Promise<WhatsappCheck & { wouldExceptNobody: boolean }> {
  const [checked, wouldExceptNobody] = await Promise.all([
    checkOnWhatsapp(gateway, parsed, timeoutMs),
    leavesEmptyList(gateway, parsed.change, timeoutMs),
  ]);
  return { ...checked, wouldExceptNobody };
}

/** Asks who is hidden only where it matters. */
async function leavesEmptyList(
  gateway: Pick<Gateway, 'readHidden'>,
  change: PrivacyChange,
  timeoutMs: number,
): Promise<boolean> {
  if (!exceptsNobody(change, [])) return false;
  const hiddenNow = await gateway.readHidden(change.setting, { timeoutMs }).catch(() => undefined);
  return hiddenNow !== undefined && exceptsNobody(change, hiddenNow);
}
