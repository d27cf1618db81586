import type { Measured, Meter } from '../privacy/meter.ts';
import type { Exposition, Looks } from './exposition.ts';

/** Everything in Prometheus' text format. */
export type Page = { contentType: string; text: string };

export interface Metrics extends Meter {
  /** Loads what makes the page: not before the bot is ready, since that takes its time. */
  load(): Promise<void>;
  read(): Promise<Page>;
}

/** What was noted before the library came is kept until then. */
export function createMetrics(looks: Looks): Metrics {
  const early: Measured[] = [];
  let exposition: Exposition | undefined;
  let loading: Promise<Exposition> | undefined;

  async function expose(): Promise<Exposition> {
    const { createExposition } = await import('./exposition.ts');
    exposition = createExposition(looks);
    for (const measured of early.splice(0)) exposition.note(measured);
    return exposition;
  }

  function loaded(): Promise<Exposition> {
    loading ??= expose();
    return loading;
  }

  return {
    note(measured) {
      if (exposition) exposition.note(measured);
      else early.push(measured);
    },
    async load() {
      await loaded();
    },
    read: async () => (await loaded()).read(),
  };
}
