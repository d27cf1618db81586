import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createLinesOfWork } from '../../src/privacy/lines-of-work.ts';
import { until } from '../until.ts';

/** Lines whose steps the test lets through: `true` where there was a piece of work, `false` where there was none. */
function startLines() {
  const steps: { line: string; end: (thereWas: boolean) => void }[] = [];
  const lines = createLinesOfWork((line) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    steps.push({ line, end: resolve });
    return promise;
  });
  return {
    lines,
    begun: () => steps.map(({ line }) => line),
    step: (index: number) => until(() => steps[index], `step ${index}`),
  };
}

test('nothing is done that nobody asked for', async () => {
  const { lines, begun } = startLines();
  await lines.idle();
  expect(begun()).toEqual([]);
});

test('a line goes on until there is no work', async () => {
  const { lines, begun, step } = startLines();
  lines.wake('a');
  for (const [index, thereWas] of [true, true, false].entries()) (await step(index)).end(thereWas);
  await lines.idle();
  expect(begun()).toEqual(['a', 'a', 'a']);
});

test('one piece of a line follows another, however often it is woken', async () => {
  const { lines, begun, step } = startLines();
  for (let times = 0; times < 5; times += 1) lines.wake('a');
  await nextTurn();
  expect(begun()).toEqual(['a']);
  (await step(0)).end(true);
  (await step(1)).end(false);
  (await step(2)).end(false);
  await lines.idle();
  expect(begun()).toEqual(['a', 'a', 'a']);
});

test('a line that is woken while it looks in vain looks once more', async () => {
  const { lines, begun, step } = startLines();
  lines.wake('a');
  const first = await step(0);
  lines.wake('a');
  first.end(false);
  (await step(1)).end(false);
  await lines.idle();
  expect(begun()).toEqual(['a', 'a']);
});

test('lines go on side by side', async () => {
  const { lines, begun, step } = startLines();
  lines.wake('a');
  lines.wake('b');
  await step(1);
  expect(begun()).toEqual(['a', 'b']);
  (await step(0)).end(false);
  (await step(1)).end(false);
  await lines.idle();
});

test('it is idle only when every line is, those included that began meanwhile', async () => {
  const { lines, step } = startLines();
  lines.wake('a');
  let isIdle = false;
  const idle = lines.idle().then(() => {
    isIdle = true;
  });
  const first = await step(0);
  lines.wake('b');
  first.end(false);
  const second = await step(1);
  await nextTurn();
  expect(isIdle).toBe(false);
  second.end(false);
  await idle;
});

test('a line that was idle can be woken again', async () => {
  const { lines, begun, step } = startLines();
  lines.wake('a');
  (await step(0)).end(false);
  await lines.idle();
  lines.wake('a');
  (await step(1)).end(false);
  await lines.idle();
  expect(begun()).toEqual(['a', 'a']);
});
