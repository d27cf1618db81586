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

/** The entries of the list that are the people named: it may have a number in Brazil's other form, or as a private id. */
export function asListed(named: readonly string[], list: HiddenList): string[] {
  const keys = new Set(named.flatMap((entry) => keysOf(entry, list)));
  return list.entries.filter((entry) => keys.has(identityOf(entry)));
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
