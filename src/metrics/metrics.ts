import { setTimeout as pause } from 'node:timers/promises';
import { Registry } from 'prom-client';
import manifest from '../../package.json' with { type: 'json' };
import type { Measured, Meter } from '../privacy/meter.ts';
import type { Backlog } from '../privacy/ports.ts';
import { createCounters } from './counters.ts';
import { createGauges } from './gauges.ts';
import { processFigures } from './process-figures.ts';

/** What is looked at whenever somebody asks. */
export type Looks = {
  labels: { mode: string; store: string };
  isConnected(): boolean;
  isJournalAvailable(): Promise<boolean>;
  backlog(): Promise<Backlog>;
  /** How many contacts are known of each number. */
  contacts(): readonly { number: string; count: number }[];
};

/** Everything in Prometheus' text format. */
export type Page = { contentType: string; text: string };

export interface Metrics extends Meter {
  read(): Promise<Page>;
}

/** A Prometheus that gets no answer within its scrape timeout has no figures at all. */
const lookTimeoutMs = 1_000;

/** The figures of one bot, and those of the process that it runs in. */
export function createMetrics(looks: Looks): Metrics {
  const registry = new Registry();
  const counters = createCounters(registry);
  const ofProcess = processFigures();
  const gauges = createGauges(registry, { ...looks.labels, version: manifest.version });

  /** Undefined: the journal does not answer, or can't be written. */
  async function backlog(): Promise<Backlog | undefined> {
    const [isAvailable, read] = await Promise.all([looks.isJournalAvailable(), looks.backlog()]);
    return isAvailable ? read : undefined;
  }

  return {
    note: (measured: Measured) => counters.note(measured),
    async read() {
      const tooLate = pause(lookTimeoutMs, undefined, { ref: false });
      gauges.show({
        isConnected: looks.isConnected(),
        backlog: await Promise.race([backlog().catch(() => undefined), tooLate]),
        contacts: looks.contacts(),
      });
      const pages = [await registry.metrics(), await ofProcess.metrics()];
      return { contentType: registry.contentType, text: pages.join('\n') };
    },
  };
}
