import type { ListChanges, PrivacyChange } from './change.ts';
import { identityOf } from './phone.ts';

/** The list of people as it was read, and what is known of the private ids on it. */
export type HiddenList = {
  /** Digits, or private ids (`…@lid`). */
  entries: readonly string[];
  /** By the identity of a number that a change names: the private id of the same person. */
  privateIds: ReadonlyMap<string, string>;
  /** Whether somebody who is not found on the list is not on it: a private id may be anybody. */
  isConclusive: boolean;
};

/** A list whose private ids, if it has any, are nobody's whom a change names. */
export function plainList(entries: readonly string[]): HiddenList {
  return { entries, privateIds: new Map(), isConclusive: entries.every(isNumber) };
}

/** What is left to change on the list as it is now: who is hidden already is not hidden again, who is not on it stays off. */
export function realChanges({ hide, showAgain }: ListChanges, list: HiddenList): ListChanges {
  const onTheList = new Set(list.entries.map(identityOf));
  const isListed = (entry: string) => keysOf(entry, list).some((key) => onTheList.has(key));
  return { hide: hide.filter((entry) => !isListed(entry)), showAgain: showAgain.filter(isListed) };
}

/** What is worth sending: whoever is not found may be on the list under a private id, and is taken off it all the same. */
export function changesToSend(change: ListChanges, list: HiddenList): ListChanges {
  const { hide, showAgain } = realChanges(change, list);
  if (list.isConclusive) return { hide, showAgain };
  return {
    hide,
    showAgain: change.showAgain.filter((entry) => isNumber(entry) || showAgain.includes(entry)),
  };
}

/**
 * The people named, as the list has them: a number may be there in Brazil's other form, or as a private id. Who is not
 * found stays as named.
 */
export function asListed(named: readonly string[], list: HiddenList): string[] {
  const listed = named.flatMap((entry) => {
    const keys = keysOf(entry, list);
    const found = list.entries.filter((one) => keys.includes(identityOf(one)));
    return found.length > 0 ? found : [entry];
  });
  return [...new Set(listed)];
}

/** Whom a change names although nothing had to change for them. */
export function alreadySo(named: ListChanges, real: ListChanges): string[] {
  const changed = new Set([...real.hide, ...real.showAgain].map(identityOf));
  return [...named.hide, ...named.showAgain].filter((entry) => !changed.has(identityOf(entry)));
}

export function changesNobody({ hide, showAgain }: ListChanges): boolean {
  return hide.length + showAgain.length === 0;
}

/** Whether a change would except nobody and change nobody: its effect is not known, and it is not worth a call. */
export function exceptsNobody(change: PrivacyChange, hiddenNow: readonly string[]): boolean {
  return (
    change.visibility === 'contacts-except' &&
    hiddenNow.length === 0 &&
    changesNobody(realChanges(change, plainList(hiddenNow)))
  );
}

export function isNumber(entry: string): boolean {
  return /^\d+$/.test(entry);
}

function keysOf(entry: string, { privateIds }: HiddenList): string[] {
  const identity = identityOf(entry);
  const privateId = privateIds.get(identity);
  return privateId === undefined ? [identity] : [identity, privateId];
}
