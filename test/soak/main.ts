import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Mode, modes } from '../world.ts';
import { type Criterion, tableOf } from './criterion.ts';
import { type Store, stores } from './journal-place.ts';
import { soak } from './soak.ts';

// `npm run test:soak`: a steady load on the real process while everything around it fails and comes back. Ends with 1 where
// something was not as promised.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    mode: { type: 'string', default: 'socket' },
    store: { type: 'string', default: 'sqlite' },
    /** Writes the figures to this file. */
    out: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const asked: readonly Mode[] = values.mode === 'both' ? modes : modes.filter((mode) => mode === values.mode);
const store: Store | undefined = stores.find((known) => known === values.store);
if (!store || asked.length === 0 || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error('--minutes N  --seed N  --mode socket|http|both  --store sqlite|postgres  --out file.json');
  process.exit(1);
}

const runs: { mode: Mode; criteria: Criterion[]; faults: Record<string, string | number>[] }[] = [];
for (const mode of asked) {
  console.log(`${mode}, ${store}, ${minutes} minutes, seed ${seed}`);
  const { criteria, episodes } = await soak({
    mode,
    store,
    minutes,
    seed,
    say: (what) => console.log(`${new Date().toISOString()}  ${what}`),
  });
  runs.push({
    mode,
    criteria,
    faults: episodes.map(({ fault: { name }, fromMs, toMs, recoveredMs }) => ({
      name,
      from: new Date(fromMs).toISOString(),
      lastedMs: toMs - fromMs,
      readyAfterMs: recoveredMs - toMs,
    })),
  });
  for (const { fault, fromMs, toMs, recoveredMs } of episodes)
    console.log(
      `${new Date(fromMs).toISOString()}  ${fault.name}, ${toMs - fromMs} ms, ready ${recoveredMs - toMs} ms later`,
    );
  console.log(`\n${tableOf(criteria)}\n`);
}
const missed = runs.flatMap(({ mode, criteria }) =>
  criteria.filter(({ isMet }) => !isMet).map(({ name }) => `${mode}: ${name}`),
);
if (values.out)
  await writeFile(
    values.out,
    JSON.stringify({ node: process.version, store, minutes, seed, runs }, undefined, 2),
  );
console.log(missed.length > 0 ? `FAIL: ${missed.join('; ')}` : 'PASS');
process.exitCode = missed.length > 0 ? 1 : 0;
