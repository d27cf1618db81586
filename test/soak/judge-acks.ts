import type { Delivered } from '../../fakes/slack/types.ts';
import { atMost, type Criterion, figure, mustBeNone, rounded } from './criterion.ts';
import { type Episode, touching } from './episodes.ts';
import { percentile } from './linear-fit.ts';
import type { OwnDelay } from './own-delay.ts';
import { type Samples, waitedWithin } from './samples.ts';

const slackWaitsMs = 3_000;
/** What was under way as the trouble ended may still fail. */
const afterMs = 3_000;

/** How soon the bot acknowledged, measured where Slack would: from sending to the answer. */
export function judgeAcks(
  all: readonly Delivered[],
  episodes: readonly Episode[],
  { ownDelay, samples }: { ownDelay: OwnDelay; samples: readonly Samples[] },
): Criterion[] {
  const acknowledged = all.filter(({ became }) => became === 'answered');
  const times = acknowledged.map(({ tookMs }) => tookMs);
  const slowest = acknowledged.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, 3);
  const late = all.filter(
    ({ became, tookMs }) =>
      became === 'operation_timeout' || (became === 'answered' && tookMs > slackWaitsMs),
  );
  const undelivered = all.filter(({ became }) => became !== 'answered' && became !== 'operation_timeout');
  const isExcused = ({ atMs, tookMs }: Delivered) =>
    touching(episodes, { fromMs: atMs, toMs: atMs + tookMs }, afterMs).some(
      ({ fault }) => fault.of === 'bot' || fault.of === 'slack',
    );
  const described = ({ type, atMs, tookMs, became }: Delivered) => {
    const during = touching(episodes, { fromMs: atMs, toMs: atMs + tookMs }, 0).map(
      ({ fault }) => fault.name,
    );
    const own = ownDelay.worstWithin(atMs, atMs + tookMs);
    const waited = waitedWithin(samples, atMs, atMs + tookMs);
    return `${type} ${became} after ${Math.round(tookMs)} ms during ${during.join(', ') || 'no fault'}; this process was itself late by ${own} ms; it and the bot waited ${Math.round(waited)} ms for a processor`;
  };
  return [
    figure('deliveries acknowledged', acknowledged.length),
    figure('ack p50', `${rounded(percentile(times, 50))} ms`),
    figure('ack p99', `${rounded(percentile(times, 99))} ms`),
    figure('ack max', `${rounded(Math.max(0, ...times))} ms`, slowest.map(described)),
    mustBeNone('acks over 3 s', late.map(described)),
    figure('not delivered: socket cut or process down', undelivered.filter(isExcused).length, [
      'excused: Slack was made to cut the socket, or the bot was being restarted',
    ]),
    mustBeNone(
      'not delivered without such a cause',
      undelivered.filter((delivered) => !isExcused(delivered)).map(described),
    ),
    atMost('this process itself late, max', ownDelay.worstMs(), {
      limit: slackWaitsMs,
      unit: 'ms',
      notes: ['above this, late acknowledgements say nothing about the bot'],
    }),
  ];
}
