import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildInTemporaryFolder } from './built.ts';
import { chartOf } from './chart.ts';
import { type Part, partText, reportOf } from './report.ts';
import type { Row } from './row.ts';
import { commandLatency } from './rows/command-latency.ts';
import { commandThroughput } from './rows/command-throughput.ts';
import { connections } from './rows/connections.ts';
import { contactSearch } from './rows/contact-search.ts';
import { formCalls } from './rows/form-calls.ts';
import { journal } from './rows/journal.ts';
import { longJournal } from './rows/long-journal.ts';
import { memory } from './rows/memory.ts';
import { saveToTold } from './rows/save-to-told.ts';
import { socketThroughput } from './rows/socket-throughput.ts';
import { start } from './rows/start.ts';

const rows: Row[] = [
  commandThroughput,
  socketThroughput,
  commandLatency,
  formCalls,
  saveToTold,
  connections,
  memory,
  start,
  journal,
  longJournal,
  contactSearch,
];

const usage = `Measures the bot's speed and size beside bare Bolt. A whole run writes its figures into bench/results.

  npm run bench                    everything, in less than ten minutes
  npm run bench -- --only start    one part; may be given several times
  npm run bench -- --quick         short rounds, for trying things out

The parts: ${rows.map(({ name }) => name).join(', ')}.`;

const { only, quick = false } = readArguments();
const chosen = only ? rows.filter(({ name }) => only.includes(name)) : rows;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

await using build = await buildInTemporaryFolder();
const parts: Part[] = [];
for (const row of chosen) {
  const startedAtMs = performance.now();
  const result = await row.run({ isQuick: quick, built: build.launch });
  const part: Part = { ...row, result, tookMs: performance.now() - startedAtMs };
  parts.push(part);
  console.log(partText(part));
}

// Only a whole run is kept: a part of one, or a short one, is for trying things out.
if (!only && !quick) {
  const folder = join(import.meta.dirname, 'results');
  const date = new Date().toISOString().slice(0, 10);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${date}.svg`), chartOf(parts));
  await writeFile(join(folder, `${date}.md`), reportOf(parts, { date, chart: `${date}.svg` }));
  console.log(`Written to bench/results/${date}.md.`);
}

function readArguments(): { only?: string[] | undefined; quick?: boolean | undefined } {
  const { help, ...options } = parseOptions();
  if (help) {
    console.log(usage);
    process.exit(0);
  }
  const unknown = options.only?.find((part) => rows.every(({ name }) => name !== part));
  if (unknown !== undefined) endWithUsage(`There is no part ${unknown}.`);
  return options;
}

function parseOptions() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch {
    return endWithUsage('Only --only PART, --quick and --help are understood.');
  }
}

function endWithUsage(sentence: string): never {
  console.error(`${sentence}\n\n${usage}`);
  process.exit(2);
}
