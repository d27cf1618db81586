import type { SlackFault } from '../../fakes/slack/types.ts';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import type { FailureKind } from '../../src/privacy/journal-entry.ts';
import type { Mode } from '../world.ts';
import { accounts, type SoakStage } from './soak-stage.ts';
import type { Obstacle } from './trouble.ts';

/** Something that goes wrong for a while, and what it excuses while it lasts. */
export type Fault = {
  name: string;
  /** Whose trouble it is: forms and commands have to work whatever Z-API does. */
  of: 'slack' | 'zapi' | 'journal' | 'bot';
  lastsMs: readonly [least: number, most: number];
  begin(stage: SoakStage): unknown;
  end(stage: SoakStage): unknown;
  /** How a change may fail meanwhile. Unset: not at all, it only waits. */
  failures?: readonly FailureKind[];
  /** Lines of level error that it explains. */
  explains?: RegExp;
  /** In Socket Mode only. */
  ofSocket?: true;
};

const often = [4_000, 9_000] as const;
const atOnce = [500, 1_500] as const;
const none = () => undefined;
/** Bolt's own words where its socket broke, and for what it could not say on it any more. */
const socketBroke = /^(?:WebSocket error|Failed to send a message as the client has no active connection)/;

/** `methods` unset: the whole Web API, and what is answered through a response_url. */
function slackAnswers(name: string, ...faults: SlackFault[]): Fault {
  return {
    name: `Slack ${name}`,
    of: 'slack',
    lastsMs: often,
    begin({ slack }) {
      for (const fault of faults) slack.inject(fault);
    },
    end: ({ slack }) => slack.clearFaults(),
  };
}

function slackGate(name: string, obstacle: Obstacle): Fault {
  return {
    name: `Slack ${name}`,
    of: 'slack',
    lastsMs: often,
    begin: ({ slackTrouble }) => slackTrouble.put(obstacle),
    end: ({ slackTrouble }) => slackTrouble.clear(),
  };
}

function zapiAnswers(name: string, failures: readonly FailureKind[], fault: ZapiFault): Fault {
  return {
    name: `Z-API ${name}`,
    of: 'zapi',
    lastsMs: often,
    failures,
    begin: ({ zapi }) => zapi.inject(fault),
    end: ({ zapi }) => zapi.clearFaults(),
  };
}

function zapiGate(name: string, failures: readonly FailureKind[], obstacle: Obstacle): Fault {
  return {
    name: `Z-API ${name}`,
    of: 'zapi',
    lastsMs: often,
    failures,
    begin: ({ zapiTrouble }) => zapiTrouble.put(obstacle),
    end: ({ zapiTrouble }) => zapiTrouble.clear(),
  };
}

function sockets(name: string, begin: (stage: SoakStage) => unknown): Fault {
  return {
    name: `socket ${name}`,
    of: 'slack',
    lastsMs: atOnce,
    begin,
    end: none,
    ofSocket: true,
    explains: socketBroke,
  };
}

function setConnected({ zapi }: SoakStage, connected: boolean): void {
  for (const { instanceId } of accounts) zapi.account(instanceId).connected = connected;
}

/** A list that could not be read is changed unread: Z-API then refuses what is so already. */
const listUnread = 'refused' as const;

const always: readonly Fault[] = [
  {
    name: 'Slack refuses connections',
    of: 'slack',
    lastsMs: often,
    explains: socketBroke,
    async begin({ slack, refuseSlack }) {
      slack.inject({ kind: 'socket-refused' });
      await refuseSlack();
      slack.cutSockets();
    },
    async end({ slack, admitSlack }) {
      slack.clearFaults();
      await admitSlack();
    },
  },
  slackGate('hangs', { how: 'hold', at: 'received' }),
  slackGate('does it and hangs', { how: 'hold', at: 'taken' }),
  slackGate('cuts before', { how: 'cut', at: 'received' }),
  slackGate('does it and cuts', { how: 'cut', at: 'taken' }),
  slackAnswers('answers 429', { kind: 'rate-limited', retryAfterSeconds: 2 }),
  slackAnswers(
    'answers 500 and HTML',
    { kind: 'http-status', status: 500 },
    { kind: 'http-status', status: 500, method: 'response_url' },
  ),
  slackAnswers('answers late', { kind: 'slow', delayMs: 1_500 }),
  sockets('warned', ({ slack }) => slack.recycleSockets('warning')),
  sockets('refreshed', ({ slack }) => slack.recycleSockets()),
  sockets('cut', ({ slack }) => slack.cutSockets()),
  zapiAnswers('answers late', [listUnread, 'timeout'], { kind: 'slow', delayMs: 2_500 }),
  zapiAnswers('answers 502', [listUnread, 'unavailable'], { kind: 'html', status: 502 }),
  zapiAnswers('answers 429', [listUnread, 'rate-limited'], { kind: 'rate-limited', retryAfterSeconds: 2 }),
  zapiAnswers('refuses', ['refused'], { kind: 'success-false', path: '/privacy/last-seen' }),
  zapiGate('cuts before', [listUnread, 'unavailable'], { how: 'cut', at: 'received' }),
  zapiGate('does it and cuts', [listUnread, 'unavailable'], { how: 'cut', at: 'taken' }),
  zapiGate('hangs', [listUnread, 'timeout', 'unavailable'], { how: 'hold', at: 'received' }),
  {
    name: 'phone disconnected',
    of: 'zapi',
    lastsMs: often,
    failures: ['disconnected', 'refused'],
    begin: (stage) => setConnected(stage, false),
    end: (stage) => setConnected(stage, true),
  },
];

const restart: Fault = {
  name: 'SIGTERM and start',
  of: 'bot',
  lastsMs: atOnce,
  failures: ['interrupted'],
  begin: (stage) => stage.stopBot(),
  end: (stage) => stage.startBot(),
};

/** All that can go wrong here; the restart first, so that most of the run is one process. */
export function faultsFor(mode: Mode, { journal }: SoakStage): { first: Fault; others: readonly Fault[] } {
  const others = always.filter(({ ofSocket }) => !ofSocket || mode === 'socket');
  if (!journal.trouble) return { first: restart, others };
  const journalAway: Fault = {
    name: journal.trouble,
    of: 'journal',
    lastsMs: often,
    // Who had the change lost it, and where the list does not tell nobody can say.
    failures: ['interrupted'],
    explains: /^(?:the journal can not be written|change not recorded|refusal not recorded)$/,
    begin: () => journal.takeAway(),
    end: () => journal.giveBack(),
  };
  return { first: restart, others: [journalAway, ...others] };
}
