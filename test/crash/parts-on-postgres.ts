import type { PostgresServer } from '../postgres-server.ts';
import type { Mode } from '../world.ts';
import { startCrashStage } from './crash-stage.ts';
import { runManyInstances } from './many-instances.ts';
import { type Part, playPart } from './part.ts';
import type { Random } from './seeded-random.ts';
import { deliverTwice, killTheOneAtWork, saveSideBySide } from './several-bots.ts';

export async function instancesPart(server: PostgresServer, changes: number, random: Random): Promise<Part> {
  const verdict = await runManyInstances({ server, changes, random });
  return { name: '50 instances', notes: [], ...verdict };
}

export async function botsPart(
  server: PostgresServer,
  mode: Mode,
  env: Record<string, string>,
): Promise<Part> {
  const name = `3 bots ${mode}`;
  const where = { databaseUrl: await server.createDatabase() };
  await using stage = await startCrashStage({ name, mode, where, bots: 3, env });
  let tooSlow: string[] = [];
  const part = await playPart(name, stage, async (notes) => {
    await Promise.all(stage.slots.map((slot) => slot.startReady()));
    await deliverTwice(stage);
    await saveSideBySide(stage);
    const takingOver = await killTheOneAtWork(stage);
    tooSlow = takingOver.tooSlow;
    notes.push(`another bot took over and had told it after at most ${takingOver.slowestMs} ms`);
  });
  part.figures.tooSlow += tooSlow.length;
  return { ...part, problems: [...part.problems, ...tooSlow.map((what) => `tooSlow: ${what}`)] };
}
