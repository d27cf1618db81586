import { until } from '../../test/until.ts';
import { openConnection } from '../load/connection.ts';
import { syncedWriteMs } from '../load/disk.ts';
import { median, percentile, ratio, rounded } from '../load/figures.ts';
import { filledForm, recordCalls } from '../load/form.ts';
import type { Replay, Step } from '../peers/same-calls.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';
import { sameCalls } from '../subjects.ts';

const answersAfterMs = 100;
const kinds = ['nobody', 'contacts-except'] as const;
type Kind = (typeof kinds)[number];

/** From Save to the message that tells the team. */
export const saveToTold: Row = {
  name: 'save-to-told',
  title: `Save → the team's message, with a Slack and a Z-API that take ${answersAfterMs} ms for each answer`,
  async run({ isQuick, built }) {
    const rounds = isQuick ? 2 : 10;
    await using bot = await setStage(built);
    await using peer = await setStage(sameCalls);
    // A process that has just started compiles what it runs: one change is to be like the hundredth.
    for (let round = 0; round < (isQuick ? 2 : 40); round += 1) {
      for (const kind of kinds) await send(peer, requestOf((await save(bot, kind, 1_000 + round)).replay));
    }
    for (const { slack, zapi } of [bot, peer]) slack.delayMs = zapi.delayMs = answersAfterMs;
    const tookMs = { bot: figures(), peer: figures() };
    const steps: Record<Kind, Step[]> = { nobody: [], 'contacts-except': [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const kind of kinds) {
        const { ms, replay } = await save(bot, kind, round);
        steps[kind] = replay.steps;
        const aloneMs = await send(peer, requestOf(replay));
        // The first round opens the connections.
        if (round === 0) continue;
        tookMs.bot[kind].push(ms);
        tookMs.peer[kind].push(aloneMs);
      }
    }
    const syncMs = await syncedWriteMs();
    return {
      columns: [
        'ms',
        'bot: median',
        'p90',
        'the same calls alone: median',
        'p90',
        'calls of Z-API before the message',
      ],
      lines: kinds.map((kind) => [
        kind,
        ...[tookMs.bot[kind], tookMs.peer[kind]].flatMap((values) => [
          rounded(median(values)),
          rounded(percentile(values, 0.9)),
        ]),
        steps[kind].map((step) => step.map(nameOf).join(' beside ')).join(', then ') || 'none',
      ]),
      targets: kinds.map((kind) => ({
        what: `Save → message for ${kind === 'nobody' ? '*nobody*' : '*my contacts except…* with a typed number'}, beside the calls alone`,
        measured: ratio(tookMs.bot[kind], tookMs.peer[kind]),
        unit: '×',
        limit: { atMost: 1.05 },
        limitedBy: `Before the message the change is recorded, claimed, ended and claimed to be told: four commits, one after another, and each waits for the disk, which takes ${rounded(syncMs)} ms for a small write now, and on a busy machine for a processor.`,
      })),
      notes: [
        'Until the stand-in received chat.postMessage, so that its own answer is not in it. The calls alone: what the stand-ins saw of that very change is replayed by a bare process with the same clients, calls that overlapped at once and the others one after another.',
      ],
    };
  },
};

function figures(): Record<Kind, number[]> {
  return { nobody: [], 'contacts-except': [] };
}

async function save(stage: Stage, kind: Kind, round: number): Promise<{ ms: number; replay: Replay }> {
  // Somebody else each time: whoever is on the list already is not sent again.
  const hide = `+55119${String(80_000_000 + round)}`;
  const request = await filledForm(stage, { visibility: kind, ...(kind !== 'nobody' && { hide }) });
  await stage.quiet();
  const calls = recordCalls(stage);
  const ms = await send(stage, request, calls);
  await stage.quiet();
  return { ms, replay: replayOf(calls) };
}

/** From the writing of a request to the message. */
async function send(stage: Stage, request: Buffer, calls = recordCalls(stage)): Promise<number> {
  const connection = await openConnection(stage.subject.port);
  const sentAtMs = performance.now();
  const answered = connection.send(request);
  const message = await until(() => calls.find(isMessage), 'the message', 10_000);
  const { status, body } = await answered;
  if (status !== 200 || body.includes('errors')) throw new Error(`Save was answered ${status}: ${body}`);
  connection.close();
  return message.receivedAtMs - sentAtMs;
}

function isMessage({ line }: { line: string }): boolean {
  return line.endsWith('/chat.postMessage');
}

/** Calls that came before one of the step was answered belong to that step. */
function replayOf(calls: ReturnType<typeof recordCalls>): Replay {
  const message = calls.findIndex(isMessage);
  const steps: Step[] = [];
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  for (const call of calls.slice(0, message)) {
    if (call.to === 'slack') throw new Error(`an unforeseen call: ${call.line}`);
    const [method, path = ''] = call.line.split(' ') as ['GET' | 'POST', string];
    const begun = { method, path, body: call.body };
    if (call.receivedAtMs < answeredAtMs) steps.at(-1)?.push(begun);
    else steps.push([begun]);
    answeredAtMs = call.answeredAtMs ?? Number.POSITIVE_INFINITY;
  }
  return { steps, message: Object.fromEntries(new URLSearchParams(calls[message]?.body)) };
}

function requestOf(replay: Replay): Buffer {
  const body = JSON.stringify(replay);
  const head = `POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

function nameOf({ path }: Step[number]): string {
  return path.replace(/^\/instances\/[^/]+\/token\/[^/]+/, '').replace(/\?.*/, '');
}
