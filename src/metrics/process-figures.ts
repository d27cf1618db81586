import { collectDefaultMetrics, Registry } from 'prom-client';

/** Of the event loop. The library's own 10 ms cost more than all else that an idle bot does. */
const everyMs = 100;

/** Memory, processor and event loop, under the usual names: the process has one of each, however many bots it runs. */
export const processFigures = new Registry();
collectDefaultMetrics({ register: processFigures, eventLoopMonitoringPrecision: everyMs });
