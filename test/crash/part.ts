import type { CrashStage } from './crash-stage.ts';
import type { Figures } from './figures.ts';

/** One part of the suite, and what came of it. */
export type Part = { name: string; figures: Figures; problems: string[]; notes: string[] };

/** Plays a part on a stage. One that can't go on, because the bot does not do what is waited for, is judged all the same. */
export async function playPart(
  name: string,
  stage: CrashStage,
  play: (notes: string[]) => Promise<void>,
): Promise<Part> {
  const notes: string[] = [];
  const brokenOff: string[] = [];
  const breakOff = (error: unknown) => brokenOff.push(`brokenOff: ${error}`);
  await play(notes).catch(breakOff);
  // Whatever is still under way would be judged half-way.
  await stage.rested().catch(breakOff);
  const { figures, problems } = await stage.judged();
  figures.brokenOff += brokenOff.length;
  return { name, figures, problems: [...brokenOff, ...problems], notes };
}
