import { expect, test } from '@jest/globals';
import { createListMemory } from '../../src/privacy/list-memory.ts';
import { GatewayError } from '../../src/privacy/ports.ts';
import { ana, bruno } from './some-changes.ts';

/** A memory at a clock that a test moves, and a gateway whose answers it gives. */
function startMemory() {
  let nowMs = Date.UTC(2026, 10, 24);
  const asked: { timeoutMs: number | undefined; answer: PromiseWithResolvers<string[]> }[] = [];
  const memory = createListMemory(
    {
      readHidden(_setting, { timeoutMs } = {}) {
        const answer = Promise.withResolvers<string[]>();
        asked.push({ timeoutMs, answer });
        return answer.promise;
      },
    },
    () => nowMs,
  );
  return {
    memory,
    asked,
    /** Reads, with this answer. */
    read(entries: string[], options?: { maxAgeMs?: number; timeoutMs?: number }) {
      const before = asked.length;
      const reading = memory.read('last-seen', options);
      if (asked.length > before) asked.at(-1)?.answer.resolve(entries);
      return reading;
    },
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

test('what was read is remembered for as long as the reader says', async () => {
  const { asked, read, pass } = startMemory();
  await expect(read([ana], { maxAgeMs: 5_000 })).resolves.toEqual([ana]);
  pass(5_000);
  await expect(read([bruno], { maxAgeMs: 5_000 })).resolves.toEqual([ana]);
  pass(1);
  await expect(read([bruno], { maxAgeMs: 5_000 })).resolves.toEqual([bruno]);
  expect(asked).toHaveLength(2);
});

test('who says nothing of an age gets the list of now', async () => {
  const { read, pass } = startMemory();
  await read([ana]);
  pass(1);
  await expect(read([bruno])).resolves.toEqual([bruno]);
});

test('the age is that of the question, not of the answer', async () => {
  const { memory, asked, read, pass } = startMemory();
  const reading = memory.read('last-seen');
  pass(4_000);
  asked[0]?.answer.resolve([ana]);
  await reading;
  pass(2_000);
  await expect(read([bruno], { maxAgeMs: 5_000 })).resolves.toEqual([bruno]);
});

test('whoever asks meanwhile gets the answer to the same question', async () => {
  const { memory, asked } = startMemory();
  const readings = [memory.read('last-seen'), memory.read('last-seen', { timeoutMs: 100 })];
  expect(asked).toHaveLength(1);
  asked[0]?.answer.resolve([ana]);
  await expect(Promise.all(readings)).resolves.toEqual([[ana], [ana]]);
});

test('a failure is passed on, and what was known before stays', async () => {
  const { memory, asked, read, pass } = startMemory();
  await read([ana]);
  pass(1);
  const reading = memory.read('last-seen');
  asked[1]?.answer.reject(new GatewayError('unavailable', 'no'));
  await expect(reading).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(read([bruno], { maxAgeMs: 5_000 })).resolves.toEqual([ana]);
});

test('the gateway is asked with the time that there is', async () => {
  const { asked, read } = startMemory();
  await read([], { timeoutMs: 700 });
  expect(asked[0]?.timeoutMs).toBe(700);
});

test('what was read before a change ended, or is being read then, is not remembered', async () => {
  const { memory, asked, read } = startMemory();
  await read([ana]);
  const underWay = memory.read('last-seen');
  memory.forget('last-seen');
  asked[1]?.answer.resolve([ana]);
  await underWay;
  await expect(read([bruno], { maxAgeMs: 5_000 })).resolves.toEqual([bruno]);
});
