import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { startPostgres } from '../postgres-server.ts';
import { type Mode, modes } from '../world.ts';
import { isBroken, sum, tableOf } from './figures.ts';
import type { Part } from './part.ts';
import { botsPart, instancesPart } from './parts-on-postgres.ts';
import { randomPart, recoveryPart, requestsPart, writesPart } from './parts-on-sqlite.ts';
import { createRandom } from './seeded-random.ts';
import { warmUp } from './warm-up.ts';

// `npm run test:crash`: kills the bot wherever it can be killed, and counts what became of what it had promised. Ends with 1
// where a guarantee was broken.

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    /** Only parts whose name holds this. */
    only: { type: 'string', default: '' },
    /** The random parts so many times, each with numbers of its own. */
    rounds: { type: 'string', default: '1' },
    /** The random parts until so many minutes are over. */
    minutes: { type: 'string', default: '0' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const startedAtMs = performance.now();
const killsInARound = 35;
const changesInARound = 1_500;

console.log(`seed ${seed}`);
await using cache = await warmUp();
const { env } = cache;
const parts: Part[] = [];

await runAll(
  modes.flatMap((mode) => [
    [`requests ${mode}`, () => requestsPart(mode, env)],
    [`writes ${mode}`, () => writesPart(mode, env)],
    [`recovery ${mode}`, () => recoveryPart(mode, env)],
  ]),
);
await using server = await startPostgres();
await runAll(modes.map((mode) => [`3 bots ${mode}`, () => botsPart(server, mode, env)]));
for (let round = 1; round <= Number(values.rounds) || minutesGone() < Number(values.minutes); round += 1) {
  const random = createRandom(seed + round - 1);
  await runAll(
    // Two of each: the more beginnings, the more different histories.
    [...modes, ...modes].map((mode: Mode, index) => [
      `random ${mode}`,
      () => randomPart(mode, { kills: killsInARound, random: random.named(`random ${index}`), env }),
    ]),
  );
  await runAll([['50 instances', () => instancesPart(server, changesInARound, random.named('instances'))]]);
}

for (const { name, notes } of parts) for (const note of notes) console.log(`${name}: ${note}`);
console.log(`\n${tableOf(merged(parts))}\n`);
const isFailed = parts.some(({ figures }) => isBroken(figures));
console.log(`${isFailed ? 'BROKEN' : 'kept'}: seed ${seed}, ${minutesGone().toFixed(1)} minutes`);
process.exitCode = isFailed ? 1 : 0;

/** As many at once as the machine bears: each is a process that starts over and over. */
async function runAll(planned: readonly (readonly [string, () => Promise<Part>])[]): Promise<void> {
  const left = planned.filter(([name]) => name.includes(values.only ?? ''));
  const lanes = Array.from({ length: Math.max(2, availableParallelism()) }, async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [name, run] = next;
      const part = await run().catch((error: unknown) => {
        throw new Error(`${name} could not go on`, { cause: error });
      });
      parts.push(part);
      for (const problem of part.problems) console.log(`${name}: ${problem}`);
      console.log(
        `${minutesGone().toFixed(1)} min  ${name}: ${part.figures.kills} kills, ${part.problems.length} problems`,
      );
    }
  });
  await Promise.all(lanes);
}

/** Both modes, and all rounds, in one column. */
function merged(all: readonly Part[]) {
  const kinds = Map.groupBy(all, ({ name }) => name.replace(/ (?:socket|http)$/, ''));
  return [...kinds].map(([name, same]) => ({ name, figures: sum(same.map(({ figures }) => figures)) }));
}

function minutesGone(): number {
  return (performance.now() - startedAtMs) / 60_000;
}
