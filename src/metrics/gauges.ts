import { Gauge, type Registry } from 'prom-client';
import type { Backlog, Waiting } from '../privacy/ports.ts';

/** How things stand. `backlog`: undefined where the journal did not say. */
export type Standing = {
  isConnected: boolean;
  backlog: Backlog | undefined;
  contacts: readonly { number: string; count: number }[];
};

export function createGauges(
  registry: Registry,
  info: { version: string; mode: string; store: string },
): { show(standing: Standing): void } {
  const registers = [registry];
  new Gauge({
    name: 'lastseen_info',
    help: 'Always 1: which bot this is.',
    labelNames: ['version', 'mode', 'store'],
    registers,
  }).set(info, 1);
  const connected = new Gauge({
    name: 'lastseen_slack_connected',
    help: '1 while a command typed now would arrive, else 0.',
    registers,
  });
  const available = new Gauge({
    name: 'lastseen_journal_available',
    help: '1 while a change could be recorded, else 0.',
    registers,
  });
  const length = new Gauge({
    name: 'lastseen_queue_length',
    help: 'Changes that wait to be applied, or to be told, with those under way. Absent while the journal does not say.',
    labelNames: ['queue'],
    registers,
  });
  const age = new Gauge({
    name: 'lastseen_queue_oldest_age_seconds',
    help: 'How long the first of them has waited; 0 where none waits.',
    labelNames: ['queue'],
    registers,
  });
  const contacts = new Gauge({
    name: 'lastseen_contacts',
    help: 'Contacts known of each WhatsApp number.',
    labelNames: ['number'],
    registers,
  });

  function showQueue(queue: string, { count, oldest }: Waiting): void {
    length.set({ queue }, count);
    age.set({ queue }, oldest ? Math.max(0, Date.now() - oldest.getTime()) / 1000 : 0);
  }

  return {
    show(standing) {
      connected.set(standing.isConnected ? 1 : 0);
      available.set(standing.backlog ? 1 : 0);
      length.reset();
      age.reset();
      if (standing.backlog) {
        showQueue('apply', standing.backlog.toApply);
        showQueue('tell', standing.backlog.toTell);
      }
      for (const { number, count } of standing.contacts) contacts.set({ number }, count);
    },
  };
}
