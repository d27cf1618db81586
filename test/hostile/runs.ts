import fc from 'fast-check';

/** `HOSTILE_SEED` repeats a run that failed, or makes another one; `HOSTILE_RUNS` makes it so many times as long. */
const seed = Number(process.env.HOSTILE_SEED ?? 20_261_124);
const times = Number(process.env.HOSTILE_RUNS ?? 1);

/** Longer than any input may take. A property that hangs for good is ended by jest. */
const longestMs = 1_000;

/** How long a test may take that makes such runs. */
export const timeoutMs = 60_000 * Math.max(1, times);

export function runs<T>(usual: number): fc.Parameters<T> {
  return { seed, numRuns: Math.ceil(usual * times) };
}

/** A property of every input, which also has to hold within `longestMs`. */
export function always<T>(input: fc.Arbitrary<T>, usual: number, holds: (input: T) => void): void {
  const timed = (value: T) => {
    const begunAtMs = performance.now();
    holds(value);
    const tookMs = performance.now() - begunAtMs;
    if (tookMs > longestMs) throw new Error(`took ${Math.round(tookMs)} ms`);
  };
  fc.assert(fc.property(input, timed), runs<[T]>(usual));
}
