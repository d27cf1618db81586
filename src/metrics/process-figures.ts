import { collectDefaultMetrics, Registry } from 'prom-client';

/** How often the event loop is looked at; its lag reads as this where there is none. Half as often as usual costs half as much. */
const everyMs = 20;

let figures: Registry | undefined;

/** Memory, processor and event loop, under the usual names: the process has one of each, however many bots it runs. */
export function processFigures(): Registry {
  if (!figures) {
    figures = new Registry();
    collectDefaultMetrics({ register: figures, eventLoopMonitoringPrecision: everyMs });
  }
  return figures;
}
