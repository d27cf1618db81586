import { setImmediate } from 'node:timers/promises';

/** Many rows, in portions: each is what comes after the last row of the one before. */
export async function* readInPortions<Row>(
  readAfter: (last: Row | undefined) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  for (let last: Row | undefined; ; ) {
    const portion = await readAfter(last);
    last = portion.at(-1);
    if (last === undefined) return;
    yield portion;
    // SQLite answers at once: without a pause nothing else would run until all is read.
    await setImmediate();
  }
}
