import { setTimeout as pause } from 'node:timers/promises';
import { startFakeSlack } from '../../fakes/slack/fake-slack.ts';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { Submission } from '../../src/privacy/journal-entry.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import type { PostgresServer } from '../postgres-server.ts';
import { until } from '../until.ts';
import { ana, bruno, carla, toldIn, workspace } from '../world.ts';
import { crashDatabase, thawDatabase } from './crash-database.ts';
import type { Asked, Evidence, Kill, Outage } from './evidence.ts';
import { judge, type Verdict } from './judge.ts';
import { readJournal } from './read-journal.ts';
import type { Random } from './seeded-random.ts';
import type { Toll } from './tollgate.ts';
import { openWorkerSlot, type Receipt, type WorkerSlot } from './worker-slot.ts';

// Three processes with the bot's own modules share one PostgreSQL, and fifty WhatsApp numbers. Workers are killed and the
// database goes away while changes come in.

const instanceIds = Array.from({ length: 50 }, (_, index) => `INSTANCE${String(index).padStart(2, '0')}`);
const channelIds = ['C0TEAM0', 'C0TEAM1', 'C0TEAM2', 'C0TEAM3', 'C0TEAM4'];
const people = [ana, bruno, carla];
const clientToken = 'SECRET-CLIENT-TOKEN';
const emptyAccount = { lastSeen: 'ALL' as const, disallowed: [] };

export async function runManyInstances({
  server,
  changes,
  random,
}: {
  server: PostgresServer;
  changes: number;
  random: Random;
}): Promise<Verdict> {
  const databaseUrl = await server.createDatabase();
  const instances = instanceIds.map((instanceId) => ({
    instanceId,
    instanceToken: `SECRET-${instanceId}`,
    account: { ...emptyAccount, phone: '5511940001000', name: 'Padaria Sol', connected: true },
  }));
  const zapi = await startFakeZapi({ clientToken, instances, strictListChanges: true });
  const channels = channelIds.map((id) => ({
    id,
    name: id.toLowerCase(),
    kind: 'public' as const,
    members: people,
    botIsMember: true,
  }));
  const slack = await startFakeSlack({ workspace: { ...workspace, channels } });
  const kills: Kill[] = [];
  const outages: Outage[] = [];
  const asked: Asked[] = [];
  const diedByThemselves: string[] = [];
  const slots: WorkerSlot[] = [];
  for (const name of ['worker-1', 'worker-2', 'worker-3']) {
    const options = {
      databaseUrl,
      slack: { apiUrl: slack.apiUrl, botToken: slack.botToken },
      zapi: {
        apiUrl: zapi.url,
        clientToken,
        instances: instances.map(({ instanceId, instanceToken }) => ({ instanceId, instanceToken })),
      },
    };
    slots.push(
      await openWorkerSlot({ name, options, toll: trouble(random.named(name)), kills, diedByThemselves }),
    );
  }
  try {
    await Promise.all(slots.map((slot) => slot.start()));
    const over = new AbortController();
    const disturbances = [
      ...slots.map((slot, index) => killNowAndThen(slot, random.named(`kills ${index}`), over.signal)),
      disturbDatabase(server, outages, random.named('database'), over.signal),
    ];
    await submitAll({ slots, asked, changes, random: random.named('submissions') });
    over.abort();
    await Promise.all(disturbances);
    const journal = () => readJournal({ databaseUrl });
    await until(
      async () => (await journal()).every(({ outcome, told }) => outcome && told),
      'all told',
      90_000,
    ).catch(() => undefined);
    const evidence: Evidence = {
      journal: await journal(),
      asked,
      missed: [],
      zapi: slots.flatMap(({ gates }) => gates.zapi.passages),
      slack: slots.flatMap(({ gates }) => gates.slack.passages),
      messages: channelIds.flatMap((channel) => toldIn({ slack }, channel)),
      // Taken before the end, when the workers are ended as well.
      kills: [...kills],
      outages,
      diedByThemselves,
      accountBefore: () => emptyAccount,
      account: (instance) => zapi.account(instance),
    };
    return judge(evidence);
  } finally {
    for (const slot of slots) await slot[Symbol.asyncDispose]();
    await slack.close();
    await zapi.close();
  }
}

/** Answers that take their time, and a few that are lost. */
function trouble(random: Random): Toll {
  return async ({ path }, step) => {
    const isWrite = path.endsWith('/privacy/last-seen');
    const isPost = path.endsWith('/chat.postMessage');
    if (step === 'answered' || (!isWrite && !isPost)) return undefined;
    const isSlow = isWrite && random.chance(0.02);
    // A random time, on purpose.
    await pause(isSlow ? random.whole(500, 2_500) : random.whole(0, 15));
    return step === 'taken' && random.chance(0.01) ? 'cut' : undefined;
  };
}

async function killNowAndThen(slot: WorkerSlot, random: Random, over: AbortSignal): Promise<void> {
  while (await livesOn(random.whole(500, 6_000), over)) {
    await slot.kill();
    await livesOn(random.whole(0, 1_500), over);
    await slot.start();
  }
}

async function disturbDatabase(
  server: PostgresServer,
  outages: Outage[],
  random: Random,
  over: AbortSignal,
): Promise<void> {
  const disturbances = [
    async () => {
      await server.stop();
      await pause(random.whole(0, 2_000));
      await server.start();
    },
    () => crashDatabase(server),
    async () => {
      server.pause();
      await pause(random.whole(500, 4_000));
      await thawDatabase(server);
    },
  ];
  for (let turn = 0; await livesOn(random.whole(5_000, 8_000), over); turn += 1) {
    const fromMs = Date.now();
    await disturbances[turn % disturbances.length]?.();
    outages.push({ fromMs, toMs: Date.now() });
  }
}

/** A random time to live, on purpose. False where everything is over before. */
function livesOn(ms: number, over: AbortSignal): Promise<boolean> {
  return pause(ms, true, { signal: over }).catch(() => false);
}

async function submitAll({
  slots,
  asked,
  changes,
  random,
}: {
  slots: readonly WorkerSlot[];
  asked: Asked[];
  changes: number;
  random: Random;
}): Promise<void> {
  const underWay: Promise<void>[] = [];
  for (let count = 0; formsAcceptedIn(asked) < changes; count += 1) {
    const submission = someSubmission(count, random);
    underWay.push(submit(submission, { slots, asked, random }));
    // A second Save of the same form has another trigger.
    if (random.chance(0.05))
      underWay.push(submit({ ...submission, submissionId: `again-${count}` }, { slots, asked, random }));
    await pause(random.whole(0, 60));
  }
  await Promise.all(underWay);
}

function formsAcceptedIn(asked: readonly Asked[]): number {
  return new Set(asked.filter(({ answer }) => answer === 'accepted').map(({ formId }) => formId)).size;
}

/** Delivers a submission, now and then to two workers at once, or again where the worker died. */
async function submit(
  submission: Submission,
  { slots, asked, random }: { slots: readonly WorkerSlot[]; asked: Asked[]; random: Random },
): Promise<void> {
  const { formId, submissionId } = submission;
  const deliver = () => {
    const ready = slots.filter((slot) => slot.isReady());
    return random.oneOf(ready.length > 0 ? ready : slots).deliver(submission);
  };
  const receipts: Receipt[] = await Promise.all([deliver(), ...(random.chance(0.1) ? [deliver()] : [])]);
  if (receipts.includes('lost') && random.chance(0.7)) receipts.push(await deliver());
  const isAccepted = receipts.includes('accepted');
  const isRefused = receipts.every((receipt) => receipt === 'refused');
  asked.push({ formId, submissionId, answer: isAccepted ? 'accepted' : isRefused ? 'refused' : 'none' });
}

function someSubmission(count: number, random: Random): Submission {
  const index = random.whole(0, instanceIds.length - 1);
  const channel = channelIds[index % channelIds.length] ?? '';
  const isList = random.chance(0.6);
  const phoneAt = (place: number) => `55119${70_000_000 + place}` as Phone;
  // Half of the numbers are named by many, half by this change alone.
  const [hide, showAgain] = [random.chance(0.5) ? random.whole(0, 7) : 1_000_000 + count, random.whole(0, 7)];
  return {
    submissionId: `submission-${count}`,
    formId: `form-${count}`,
    instance: instanceIds[index] ?? '',
    change: {
      setting: 'last-seen',
      visibility: isList ? 'contacts-except' : random.oneOf(['everyone', 'contacts', 'nobody']),
      hide: isList ? [phoneAt(hide)] : [],
      showAgain: isList && hide !== showAgain && random.chance(0.5) ? [phoneAt(showAgain)] : [],
    },
    by: random.oneOf(people),
    place: { channel, replyUrl: '' },
    tellIn: channel,
  };
}
