import { Counter, Histogram, type Registry } from 'prom-client';
import { noAccessKinds } from '../privacy/access.ts';
import { failureKinds, type Outcome, toldKinds } from '../privacy/journal-entry.ts';
import { askedKinds, type Meter } from '../privacy/meter.ts';

/** Slack waits for three seconds; whoever looks at figures wants to hear of it a little earlier. */
const slackWaitsMs = 3_000;
const nearlyLateMs = 2_500;

const callSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
/** A change that had to wait for Slack, or for the bot, may take hours. */
const changeSeconds = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600];
const ackSeconds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3];

/** Counts all that is noted. What can be counted begins at 0: Prometheus sees no growth in a counter that appears with 1. */
export function createCounters(registry: Registry): Meter {
  const registers = [registry];
  const accepted = new Counter({
    name: 'lastseen_changes_accepted_total',
    help: 'Changes recorded in the journal, and so promised.',
    registers,
  });
  const ended = new Counter({
    name: 'lastseen_changes_total',
    help: 'Changes that ended, by outcome; of those that failed and those not known to have been made, by why.',
    labelNames: ['outcome', 'failure'],
    registers,
  });
  const proofs = new Counter({
    name: 'lastseen_changes_proved_total',
    help: 'Applied changes of the list, by what the list said when it was read back.',
    labelNames: ['proof'],
    registers,
  });
  const told = new Counter({
    name: 'lastseen_changes_told_total',
    help: 'Ended changes, by how the team heard of them.',
    labelNames: ['told'],
    registers,
  });
  const changes = new Histogram({
    name: 'lastseen_change_seconds',
    help: 'From the moment a change was accepted until it had ended, and until it was told.',
    labelNames: ['until'],
    buckets: changeSeconds,
    registers,
  });
  const refusals = new Counter({
    name: 'lastseen_refusals_total',
    help: 'People who were refused, by why.',
    labelNames: ['why'],
    registers,
  });
  const gatewayCalls = new Histogram({
    name: 'lastseen_gateway_call_seconds',
    help: 'Requests to the gateway, each try by itself.',
    labelNames: ['call', 'result'],
    buckets: callSeconds,
    registers,
  });
  const slackCalls = new Histogram({
    name: 'lastseen_slack_call_seconds',
    help: 'Requests to Slack, each try by itself.',
    labelNames: ['method', 'result'],
    buckets: callSeconds,
    registers,
  });
  const reconnects = new Counter({
    name: 'lastseen_slack_reconnects_total',
    help: 'Sockets opened after the first one. Slack itself asks for another one every few hours.',
    registers,
  });
  const acks = new Histogram({
    name: 'lastseen_ack_seconds',
    help: 'From the arrival of what Slack sent until it was acknowledged.',
    labelNames: ['kind'],
    buckets: ackSeconds,
    registers,
  });
  const lateAcks = new Counter({
    name: 'lastseen_acks_late_total',
    help: 'Acknowledgements after 2.5 s (nearly), and after the 3 s that Slack waits (over).',
    labelNames: ['late'],
    registers,
  });
  const failedAcks = new Counter({
    name: 'lastseen_acks_failed_total',
    help: 'Acknowledgements that could not be sent.',
    labelNames: ['kind'],
    registers,
  });
  let sockets = 0;

  for (const outcome of ['applied', 'expired']) ended.inc({ outcome, failure: '' }, 0);
  for (const outcome of ['failed', 'unknown'])
    for (const failure of failureKinds) ended.inc({ outcome, failure }, 0);
  for (const proof of ['verified', 'not-taken', 'unread']) proofs.inc({ proof }, 0);
  for (const each of toldKinds) told.inc({ told: each }, 0);
  for (const why of [...noAccessKinds, 'by-person', 'of-number']) refusals.inc({ why }, 0);
  for (const late of ['nearly', 'over']) lateAcks.inc({ late }, 0);
  for (const kind of askedKinds) failedAcks.inc({ kind }, 0);

  function countEnded(outcome: Outcome): void {
    ended.inc({ outcome: outcome.kind, failure: 'failure' in outcome ? outcome.failure : '' });
    if (outcome.kind === 'applied' && outcome.proof) proofs.inc({ proof: outcome.proof.kind });
  }

  return {
    note(measured) {
      switch (measured.what) {
        case 'change accepted':
          return accepted.inc();
        case 'change ended':
          changes.observe({ until: 'ended' }, measured.ms / 1000);
          return countEnded(measured.outcome);
        case 'change told':
          changes.observe({ until: 'told' }, measured.ms / 1000);
          return told.inc({ told: measured.told });
        case 'refused':
          return refusals.inc({ why: measured.why });
        case 'gateway call':
          return gatewayCalls.observe({ call: measured.call, result: measured.result }, measured.ms / 1000);
        case 'slack call':
          return slackCalls.observe({ method: measured.method, result: measured.result }, measured.ms / 1000);
        case 'slack connected':
          sockets += 1;
          return sockets > 1 ? reconnects.inc() : undefined;
        case 'acknowledged':
          if (!measured.sent) return failedAcks.inc({ kind: measured.kind });
          acks.observe({ kind: measured.kind }, measured.ms / 1000);
          if (measured.ms >= slackWaitsMs) return lateAcks.inc({ late: 'over' });
          return measured.ms >= nearlyLateMs ? lateAcks.inc({ late: 'nearly' }) : undefined;
      }
    },
  };
}
