import { temporaryFolder } from '../temporary-folder.ts';
import type { Mode } from '../world.ts';
import { type CrashStage, startCrashStage } from './crash-stage.ts';
import { killAtEveryWrite, killEveryRecovery, sides } from './database-steps.ts';
import { lifeNamed, lives } from './lives.ts';
import { killAtEveryRequest } from './network-steps.ts';
import { type Part, playPart } from './part.ts';
import { killAtRandom } from './random-kills.ts';
import type { Random } from './seeded-random.ts';

/** Where in a life the first kill comes: recorded, claimed, sent, about to be told. */
const beforeRecovery = [
  { life: 'visibility', firstAt: 3 },
  { life: 'list', firstAt: 4 },
  { life: 'undo', firstAt: 6 },
] as const;

export function writesPart(mode: Mode, env: Record<string, string>): Promise<Part> {
  return onSqlite(`writes ${mode}`, { mode, env }, async (stage, notes) => {
    for (const life of lives) {
      const counts: number[] = [];
      for (const side of sides) counts.push(await killAtEveryWrite(stage, life, side));
      notes.push(`${life.name}: killed before ${counts[0]} writes, after ${counts[1]}`);
    }
  });
}

export function recoveryPart(mode: Mode, env: Record<string, string>): Promise<Part> {
  // The journal knows no modes: one side in each is enough.
  const side = mode === 'socket' ? 'after' : 'before';
  return onSqlite(`recovery ${mode}`, { mode, env }, async (stage, notes) => {
    for (const [turn, { life, firstAt }] of beforeRecovery.entries()) {
      const count = await killEveryRecovery(stage, { life: lifeNamed(life), turn: turn + 1, firstAt, side });
      notes.push(`${life}: killed ${side} its write ${firstAt}, then in ${count} recoveries in a row`);
    }
  });
}

export function requestsPart(mode: Mode, env: Record<string, string>): Promise<Part> {
  return onSqlite(`requests ${mode}`, { mode, env }, killAtEveryRequest);
}

export function randomPart(
  mode: Mode,
  { kills, random, env }: { kills: number; random: Random; env: Record<string, string> },
): Promise<Part> {
  return onSqlite(`random ${mode}`, { mode, env }, (stage) => killAtRandom(stage, { kills, random }));
}

async function onSqlite(
  name: string,
  { mode, env }: { mode: Mode; env: Record<string, string> },
  play: (stage: CrashStage, notes: string[]) => Promise<void>,
): Promise<Part> {
  await using folder = await temporaryFolder();
  await using stage = await startCrashStage({ name, mode, where: { dataDir: folder.path }, env });
  return await playPart(name, stage, (notes) => play(stage, notes));
}
