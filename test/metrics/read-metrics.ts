import type { World } from '../world.ts';

/** The figures of one page: each by its name and labels as Prometheus writes them. */
export type Figures = ReadonlyMap<string, number>;

export function metricsUrl({ readyUrl }: Pick<World, 'readyUrl'>): string {
  return new URL('/metrics', readyUrl).href;
}

export async function readMetrics(world: Pick<World, 'readyUrl'>): Promise<Figures> {
  const response = await fetch(metricsUrl(world));
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
  return figuresIn(await response.text());
}

export function figuresIn(page: string): Figures {
  return new Map(
    page
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

/** What has grown, or appeared, of the bot's own counters. */
export function grown(before: Figures, after: Figures, prefix: string): Record<string, number> {
  const changed: Record<string, number> = {};
  for (const [name, value] of after) {
    const by = value - (before.get(name) ?? 0);
    if (name.startsWith(prefix) && by !== 0) changed[name.slice(prefix.length)] = by;
  }
  return changed;
}
