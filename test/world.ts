import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeSlack } from '../fakes/slack/fake-slack.ts';
import type {
  Delivery,
  FakeSlack,
  Message,
  OpenModal,
  Person,
  SlackFault,
  UserGroupSeed,
  WorkspaceSeed,
} from '../fakes/slack/types.ts';
import { startFakeZapi } from '../fakes/zapi/fake-zapi.ts';
import type { Contact, FakeZapi, InstanceSeed, ZapiFault } from '../fakes/zapi/types.ts';
import { type Bot, createBot } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { givenAway } from './given-away.ts';
import { quietPort } from './process.ts';

/** Both ways in which Slack can reach the bot: every scenario runs in each. */
export const modes = ['socket', 'http'] as const;
export type Mode = (typeof modes)[number];

/** How long a scenario waits for what happens at once, on a machine that is busy with others. */
const patienceMs = 10_000;

/** Runs a scenario that waits long in both modes side by side. */
export async function inBothModes(scenario: (mode: Mode) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(modes.map(scenario));
  for (const [index, end] of ended.entries()) {
    if (end.status === 'rejected') throw new Error(`in ${modes[index]} mode`, { cause: end.reason });
  }
}

export const ana = 'U0ANA';
export const bruno = 'U0BRUNO';
export const carla = 'U0CARLA';
export const publicChannel = 'C0OPS';
/** Public too, but nobody invited the bot. */
export const strangeChannel = 'C0SALES';
export const privateChannel = 'C0BOARD';
export const auditChannel = 'C0AUDIT';
export const directMessage = 'D0ANABRUNO';
export const instanceId = '3C0FFEE';
export const ownPhone = '5511940001000';

/** Secrets that must never be seen anywhere outside of a request. */
export const secrets = { instanceToken: 'SECRET-INSTANCE-TOKEN', clientToken: 'SECRET-CLIENT-TOKEN' };

export const workspace: WorkspaceSeed = {
  teamId: 'T0TEAM',
  teamDomain: 'padaria',
  users: [
    { id: ana, name: 'Ana Souza' },
    { id: bruno, name: 'Bruno Lima' },
    { id: carla, name: 'Carla Reis' },
  ],
  channels: [
    {
      id: publicChannel,
      name: 'whatsapp-ops',
      kind: 'public',
      members: [ana, bruno, carla],
      botIsMember: true,
    },
    { id: strangeChannel, name: 'sales', kind: 'public', members: [ana, bruno], botIsMember: false },
    { id: auditChannel, name: 'audit', kind: 'public', members: [ana, bruno], botIsMember: false },
    { id: privateChannel, name: 'board', kind: 'private', members: [ana, bruno], botIsMember: false },
    { id: directMessage, name: '', kind: 'dm', members: [ana, bruno], botIsMember: false },
  ],
  botScopes: ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read', 'usergroups:read'],
};

export type World = {
  slack: FakeSlack;
  zapi: FakeZapi;
  bot: Bot;
  ana: Person;
  bruno: Person;
  carla: Person;
  /** Everything the bot logged, line by line. */
  logs: string[];
  /** The WhatsApp account behind the instance. */
  account: ReturnType<FakeZapi['account']>;
  /** Where the bot keeps its journal. */
  dataDir: string;
  /** Where the bot listens in HTTP mode. */
  requestUrl: string;
  /** Where the bot says whether it is ready. */
  readyUrl: string;
  /** Requests that changed, or tried to change, last seen. */
  changes(): FakeZapi['requests'];
  /** Waits until the bot has logged something, so many times. */
  logged(event: string, times?: number): Promise<void>;
  /** Waits until the bot has accepted so many changes. */
  accepted(count: number): Promise<void>;
  /** Starts another bot on the same journal, with some variables changed; `stopped` stops it, too. */
  startAnother(changed?: Record<string, string>): Promise<Bot>;
  /** Stops the bot, which finishes and tells what is under way: after this, nothing more will be said. */
  stopped(): Promise<void>;
  /** Closes everything. Rejects where the bot gave away something secret on the way. */
  close(): Promise<void>;
  /** `await using world = …` closes it at the end of the test. */
  [Symbol.asyncDispose](): Promise<void>;
};

export type WorldOptions = {
  mode: Mode;
  /** More variables for the bot. */
  env?: Record<string, string>;
  botScopes?: string[];
  hidden?: string[];
  /** Whom the number knows on WhatsApp. */
  contacts?: Contact[];
  /** More WhatsApp numbers at Z-API, beside the usual one. */
  instances?: InstanceSeed[];
  userGroups?: UserGroupSeed[];
  /** Slack's clock. */
  now?: () => number;
  /** Where Slack listens; unset: anywhere. */
  slackPort?: number;
  /** Faults from before the bot starts. */
  zapiFaults?: ZapiFault[];
  slackFaults?: SlackFault[];
};

/** The real bot, started, between a Slack and a Z-API of our own. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { mode, env = {}, hidden = [], contacts, instances } = options;
  const zapi = await startZapi(hidden, { ...(contacts && { contacts }), ...(instances && { instances }) });
  const { slackPort } = options;
  const slack = await startSlack({ ...options, ...(slackPort !== undefined && { port: slackPort }) });
  for (const fault of options.zapiFaults ?? []) zapi.inject(fault);
  for (const fault of options.slackFaults ?? []) slack.inject(fault);
  const port = await quietPort();
  const requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const delivery: Delivery = mode === 'socket' ? { mode } : { mode, requestUrl };
  slack.setDelivery(delivery);
  const dataDir = await mkdtemp(join(tmpdir(), 'lastseen-data-'));
  const healthPort = await quietPort();
  const variables = {
    ...environmentOf({ mode, slack, zapi, port }),
    HEALTH_PORT: String(healthPort),
    DATA_DIR: dataDir,
    ...env,
  };
  const logs: string[] = [];
  const logLines = new EventEmitter();
  const write = (line: string) => {
    logs.push(line);
    logLines.emit('line');
  };
  const bots: Bot[] = [];
  const newBot = (changed: Record<string, string> = {}): Bot => {
    const read = readConfig({ ...variables, ...changed });
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const made = createBot(read.config, createLog({ ...read.config, logLevel: 'trace' }, { write }));
    bots.push(made);
    return made;
  };
  const bot = newBot();
  const world: World = {
    slack,
    zapi,
    bot,
    ana: slack.person(ana),
    bruno: slack.person(bruno),
    carla: slack.person(carla),
    logs,
    account: zapi.account(instanceId),
    dataDir,
    requestUrl,
    readyUrl: `http://127.0.0.1:${healthPort}/readyz`,
    changes: () => zapi.requests.filter(({ path }) => path.endsWith('/privacy/last-seen')),
    async logged(event, times = 1) {
      const signal = AbortSignal.timeout(patienceMs);
      while (logs.filter((line) => line.includes(event)).length < times) {
        await once(logLines, 'line', { signal });
      }
    },
    accepted: (count) => world.logged('change accepted', count),
    async startAnother(changed) {
      const another = newBot(changed);
      await another.start();
      return another;
    },
    async stopped() {
      await Promise.all(bots.map((started) => started.stop()));
    },
    async close() {
      await world.stopped();
      await slack.close();
      await zapi.close();
      await rm(dataDir, { recursive: true, force: true });
      const given = givenAway(world);
      if (given.length > 0) throw new Error(`the bot gave away ${given.join('; ')}`);
    },
    [Symbol.asyncDispose]: () => world.close(),
  };
  try {
    await bot.start();
    // The bot reads its own number and the contacts at start, beside everything else.
    await zapi.until(
      () =>
        ['/device', '/contacts'].every((call) =>
          zapi.requests.some(({ path, status }) => path.includes(call) && status !== undefined),
        ),
      'the own number and the contacts read',
      patienceMs,
    );
  } catch (error) {
    await world.close();
    throw error;
  }
  return world;
}

/** A Z-API with one instance, the team's WhatsApp number, unless there are more. */
export function startZapi(
  hidden: string[] = [],
  { contacts = [], instances = [] }: Pick<WorldOptions, 'contacts' | 'instances'> = {},
): Promise<FakeZapi> {
  return startFakeZapi({
    clientToken: secrets.clientToken,
    instances: [
      {
        instanceId,
        instanceToken: secrets.instanceToken,
        account: {
          phone: ownPhone,
          name: 'Padaria Sol',
          lastSeen: 'ALL',
          disallowed: hidden,
          connected: true,
          contacts,
        },
      },
      ...instances,
    ],
  });
}

/** A Slack with the team in it. */
export function startSlack({
  botScopes,
  userGroups,
  now,
  port,
}: {
  botScopes?: string[];
  userGroups?: UserGroupSeed[];
  now?: () => number;
  port?: number;
} = {}): Promise<FakeSlack> {
  return startFakeSlack({
    workspace: { ...workspace, ...(botScopes && { botScopes }), ...(userGroups && { userGroups }) },
    ...(now && { now }),
    ...(port !== undefined && { port }),
  });
}

/** The variables that set the bot up for both fakes. */
export function environmentOf({
  mode,
  slack,
  zapi,
  port,
}: {
  mode: Mode;
  slack: Pick<FakeSlack, 'botToken' | 'appToken' | 'signingSecret' | 'apiUrl'>;
  zapi: FakeZapi;
  port: number;
}): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: String(port), HOST: '127.0.0.1' }),
    SLACK_API_URL: slack.apiUrl,
    ZAPI_API_URL: zapi.url,
    ZAPI_INSTANCE_ID: instanceId,
    ZAPI_INSTANCE_TOKEN: secrets.instanceToken,
    ZAPI_CLIENT_TOKEN: secrets.clientToken,
  };
}

/** A clock that a test can move. */
export function movableClock() {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    advance(ms: number) {
      aheadMs += ms;
    },
  };
}

/** A person at the form, who finds things by their words. */
export function formOf(world: Pick<World, 'slack'>, person: Person) {
  const open = (): OpenModal => {
    const modal = person.modal();
    if (!modal) throw new Error('no form is open');
    return modal;
  };
  const input = (label: string) => {
    const block = inputs(open()).find((candidate) => candidate.label.text === label);
    if (!block) throw new Error(`the form has no input “${label}”`);
    return block;
  };
  return {
    open,
    isOpen: () => person.modal() !== undefined,
    /** Every text on the form, in order. */
    text: () => textsOf(open().blocks).join('\n'),
    labels: () => inputs(open()).map((block) => block.label.text),
    /** The choices, in order. */
    options: () =>
      inputs(open()).flatMap(({ element }) => (element.options ?? []).map((option) => option.text.text)),
    /** What is chosen now. */
    chosen: () => {
      const { block_id, element } = input('Who can see last seen');
      const state = open().values[block_id]?.[element.action_id] as
        | { selected_option?: { text: { text: string } } | null }
        | undefined;
      return state?.selected_option?.text.text;
    },
    isMultiline: (label: string) => input(label).element.multiline === true,
    value: (label: string): string => {
      const { block_id, element } = input(label);
      const state = open().values[block_id]?.[element.action_id] as { value?: string | null } | undefined;
      return state?.value ?? '';
    },
    error: (label: string) => open().errors[input(label).block_id],
    async choose(option: string) {
      const block = inputs(open()).find((candidate) =>
        candidate.element.options?.some(({ text }) => text.text === option),
      );
      const value = block?.element.options?.find((candidate) => candidate.text.text === option)?.value;
      if (!block || !value) throw new Error(`the form has no option “${option}”`);
      await person.picks(block.block_id, block.element.action_id, value);
    },
    /** Types into a picker, and picks the first one who is offered. */
    async pick(label: string, query: string) {
      const { block_id, element } = input(label);
      const [first] = await person.searches(block_id, element.action_id, query);
      if (!first) throw new Error(`“${label}” offers nobody for “${query}”`);
      await person.picks(block_id, element.action_id, first.value);
    },
    /** Who is offered for what is typed into a picker. */
    async offers(label: string, query: string) {
      const { block_id, element } = input(label);
      return (await person.searches(block_id, element.action_id, query)).map(({ text }) => text);
    },
    /** Who is picked now. */
    picked(label: string): string[] {
      const { block_id, element } = input(label);
      const state = open().values[block_id]?.[element.action_id] as
        | { selected_options?: { text: { text: string } }[] | null }
        | undefined;
      return (state?.selected_options ?? []).map(({ text }) => text.text);
    },
    async write(label: string, text: string) {
      const { block_id, element } = input(label);
      await person.fills(block_id, element.action_id, text);
    },
    save: () => person.submits(),
    /** Waits until the form has an input of that label. */
    shows: (label: string) =>
      world.slack.until(
        () => inputs(open()).some((block) => block.label.text === label),
        `“${label}”`,
        patienceMs,
      ),
    /** Waits until the form has no input of that label. */
    hides: (label: string) =>
      world.slack.until(
        () => !inputs(open()).some((block) => block.label.text === label),
        `no “${label}”`,
        patienceMs,
      ),
    /** Waits until the form says something. */
    says: (text: string, timeoutMs = patienceMs) =>
      world.slack.until(
        () => person.modal() && textsOf(open().blocks).join('\n').includes(text),
        `“${text}”`,
        timeoutMs,
      ),
  };
}

/** Opens the form in a channel, and waits until it is filled: the bot may have to ask Slack who the person is. */
export async function openForm(
  world: Pick<World, 'slack' | 'ana'>,
  { person = world.ana, channel = publicChannel, text = '/lastseen' } = {},
) {
  await person.types(channel, text);
  await world.slack.until(() => person.modal(), 'the form', patienceMs);
  const form = formOf(world, person);
  await world.slack.until(
    () => !person.modal() || /Now:|Agora:/.test(form.text()),
    'the filled form',
    patienceMs,
  );
  return form;
}

/** Messages of the bot that everybody in the channel sees. */
export function toldIn(world: Pick<World, 'slack'>, channel: string): Message[] {
  return world.slack
    .messages(channel)
    .filter(({ visibleTo, via }) => !visibleTo && via !== 'slackbot' && via !== 'person');
}

/** What the bot said to one person only, in a channel. */
export function whispered(world: Pick<World, 'slack'>, person: Person, channel = publicChannel): string[] {
  return world.slack
    .messages(channel)
    .filter(({ visibleTo, via }) => visibleTo === person.id && via !== 'slackbot')
    .map(({ text }) => text);
}

/** Waits for the message that tells the channel how a change ended. */
export function auditMessageIn(
  world: Pick<World, 'slack'>,
  channel = publicChannel,
  timeoutMs = patienceMs,
): Promise<Message> {
  return world.slack.until(() => toldIn(world, channel)[0], `the audit message in ${channel}`, timeoutMs);
}

/** All that a message says, blocks and text. */
export function saidIn({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string {
  return [text, ...textsOf(blocks)].join('\n');
}

/** Ids of changes, as messages show them at their end. */
export function changeIdsIn(messages: Message[]): (string | undefined)[] {
  return messages.map((message) => /· change `(\w+)`/.exec(saidIn(message))?.[1]);
}

type InputBlock = {
  type: string;
  block_id: string;
  label: { text: string };
  element: { action_id: string; multiline?: boolean; options?: { text: { text: string }; value: string }[] };
};

function inputs(modal: OpenModal): InputBlock[] {
  return (modal.blocks as InputBlock[]).filter(({ type }) => type === 'input');
}

/** Every `text` in blocks, however deep. */
function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsOf(value),
  );
}
