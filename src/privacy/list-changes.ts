import type { ListChanges, PrivacyChange } from './change.ts';
import { identityOf } from './phone.ts';

/** What is left to change on the list as it is now: who is hidden already is not hidden again, who is not on it stays off. */
export function realChanges({ hide, showAgain }: ListChanges, hiddenNow: readonly string[]): ListChanges {
  const onTheList = new Set(hiddenNow.map(identityOf));
  const leaving = new Set(showAgain.map(identityOf));
  return {
    hide: hide.filter((entry) => !onTheList.has(identityOf(entry))),
    // As the list has them: it may know a number of Brazil in its other form.
    showAgain: hiddenNow.filter((entry) => leaving.has(identityOf(entry))),
  };
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
    changesNobody(realChanges(change, hiddenNow))
  );
}
