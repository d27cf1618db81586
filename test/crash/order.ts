/** What Z-API was asked to change, and did. */
export type Write = { visibility: string; hide: readonly string[]; showAgain: readonly string[] };

/** A change of the journal: it may, or must, have been written at least once. */
export type Expected = Write & { id: string; isApplied: boolean };

/** Whether a write can be one of a change: a write names only the numbers that are still to be changed. */
export function fits(write: Write, change: Write): boolean {
  return (
    write.visibility === change.visibility &&
    write.hide.every((phone) => change.hide.includes(phone)) &&
    write.showAgain.every((phone) => change.showAgain.includes(phone))
  );
}

/**
 * Whether the writes can have come from the changes in their order: each change written any number of times in a row,
 * each applied one at least once. `isPossible[w]`: the writes before `w` are explained by the changes looked at so far.
 */
export function isInOrder(writes: readonly Write[], changes: readonly Expected[]): boolean {
  let isPossible = writes.map((_, index) => index === 0).concat(writes.length === 0);
  for (const change of changes) {
    const next = isPossible.map((possible) => possible && !change.isApplied);
    let isWithin = false;
    for (const [index, write] of writes.entries()) {
      isWithin = (isWithin || isPossible[index] === true) && fits(write, change);
      if (isWithin) next[index + 1] = true;
    }
    isPossible = next;
  }
  return isPossible.at(-1) === true;
}
