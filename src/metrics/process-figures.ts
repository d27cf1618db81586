import { collectDefaultMetrics, Registry } from 'prom-client';

/** How often the event loop is looked at; its lag reads as this where there is none. Half as often as usual costs half as much. */
const everyMs = 20;

/** Memory, processor and event loop, under the usual names: the process has one of each, however many bots it runs. */
export const processFigures = new Registry();
collectDefaultMetrics({ register: processFigures, eventLoopMonitoringPrecision: everyMs });
