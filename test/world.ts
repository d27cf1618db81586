import { pino } from 'pino';
import { startFakeSlack } from '../fakes/slack/fake-slack.ts';
import type { Delivery, FakeSlack, Message, OpenModal, Person, WorkspaceSeed } from '../fakes/slack/types.ts';
import { startFakeZapi } from '../fakes/zapi/fake-zapi.ts';
import type { FakeZapi } from '../fakes/zapi/types.ts';
import { type Bot, createBot } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { freePort } from './free-port.ts';

/** Both ways in which Slack can reach the bot: every scenario runs in each. */
export const modes = ['socket', 'http'] as const;
export type Mode = (typeof modes)[number];

export const ana = 'U0ANA';
export const bruno = 'U0BRUNO';
export const publicChannel = 'C0OPS';
export const privateChannel = 'C0BOARD';
export const auditChannel = 'C0AUDIT';
export const directMessage = 'D0ANABRUNO';
export const instanceId = '3C0FFEE';
export const ownPhone = '5511940001000';

/** Secrets that must never be seen anywhere outside of a request. */
export const secrets = { instanceToken: 'SECRET-INSTANCE-TOKEN', clientToken: 'SECRET-CLIENT-TOKEN' };

const workspace: WorkspaceSeed = {
  teamId: 'T0TEAM',
  teamDomain: 'padaria',
  users: [
    { id: ana, name: 'Ana Souza' },
    { id: bruno, name: 'Bruno Lima' },
  ],
  channels: [
    { id: publicChannel, name: 'whatsapp-ops', kind: 'public', members: [ana, bruno], botIsMember: true },
    { id: auditChannel, name: 'audit', kind: 'public', members: [ana, bruno], botIsMember: false },
    { id: privateChannel, name: 'board', kind: 'private', members: [ana, bruno], botIsMember: false },
    { id: directMessage, name: '', kind: 'dm', members: [ana, bruno], botIsMember: false },
  ],
  botScopes: ['commands', 'chat:write', 'chat:write.public', 'im:write'],
};

export type World = {
  slack: FakeSlack;
  zapi: FakeZapi;
  bot: Bot;
  ana: Person;
  bruno: Person;
  /** Everything the bot logged, line by line. */
  logs: string[];
  /** The WhatsApp account behind the instance. */
  account: ReturnType<FakeZapi['account']>;
  /** Requests that changed, or tried to change, last seen. */
  changes(): FakeZapi['requests'];
  close(): Promise<void>;
};

export type WorldOptions = {
  mode: Mode;
  /** More variables for the bot. */
  env?: Record<string, string>;
  botScopes?: string[];
  hidden?: string[];
  now?: () => number;
};

/** The real bot, started, between a Slack and a Z-API of our own. */
export async function startWorld({
  mode,
  env = {},
  botScopes,
  hidden = [],
  now,
}: WorldOptions): Promise<World> {
  const zapi = await startFakeZapi({
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
        },
      },
    ],
  });
  const slack = await startFakeSlack({
    workspace: { ...workspace, ...(botScopes && { botScopes }) },
    ...(now && { now }),
  });
  const port = await freePort();
  const delivery: Delivery =
    mode === 'socket' ? { mode } : { mode, requestUrl: `http://127.0.0.1:${port}/slack/events` };
  slack.setDelivery(delivery);
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: slack.appToken }
      : { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: String(port), HOST: '127.0.0.1' }),
    SLACK_API_URL: slack.apiUrl,
    ZAPI_API_URL: zapi.url,
    ZAPI_INSTANCE_ID: instanceId,
    ZAPI_INSTANCE_TOKEN: secrets.instanceToken,
    ZAPI_CLIENT_TOKEN: secrets.clientToken,
    ...env,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const logs: string[] = [];
  const bot = createBot(
    read.config,
    pino({ level: 'trace' }, { write: (line: string) => void logs.push(line) }),
  );
  await bot.start();
  // The bot reads its own number at start, beside everything else.
  await zapi.until(
    () => zapi.requests.find(({ path }) => path.endsWith('/device'))?.reply,
    'the own number read',
  );
  return {
    slack,
    zapi,
    bot,
    ana: slack.person(ana),
    bruno: slack.person(bruno),
    logs,
    account: zapi.account(instanceId),
    changes: () => zapi.requests.filter(({ path }) => path.endsWith('/privacy/last-seen')),
    async close() {
      await bot.stop();
      await slack.close();
      await zapi.close();
    },
  };
}

/** A person at the form, who finds things by their words. */
export function formOf(world: World, person: Person) {
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
    value: (label: string): string => {
      const { block_id, element } = input(label);
      const state = open().values[block_id]?.[element.action_id] as { value?: string | null } | undefined;
      return state?.value ?? '';
    },
    error: (label: string) => open().errors[input(label).block_id],
    async choose(option: string) {
      const block = inputs(open()).find((candidate) => candidate.element.options);
      const value = block?.element.options?.find((candidate) => candidate.text.text === option)?.value;
      if (!block || !value) throw new Error(`the form has no option “${option}”`);
      await person.picks(block.block_id, block.element.action_id, value);
    },
    async write(label: string, text: string) {
      const { block_id, element } = input(label);
      await person.fills(block_id, element.action_id, text);
    },
    save: () => person.submits(),
    /** Waits until the form has an input of that label. */
    shows: (label: string) =>
      world.slack.until(() => inputs(open()).some((block) => block.label.text === label), `“${label}”`),
    /** Waits until the form says something. */
    says: (text: string) =>
      world.slack.until(
        () => person.modal() && textsOf(open().blocks).join('\n').includes(text),
        `“${text}”`,
      ),
  };
}

/** Opens the form in a channel. */
export async function openForm(world: World, { person = world.ana, channel = publicChannel } = {}) {
  await person.types(channel, '/lastseen');
  await world.slack.until(() => person.modal(), 'the form');
  return formOf(world, person);
}

/** Waits for the message that tells the channel how a change ended. */
export function auditMessageIn(world: World, channel: string): Promise<Message> {
  return world.slack.until(
    () => world.slack.messages(channel).find(({ visibleTo, via }) => !visibleTo && via !== 'slackbot'),
    `the audit message in ${channel}`,
  );
}

/** All that a message says, blocks and text. */
export function saidIn({ text, blocks }: Message): string {
  return [text, ...textsOf(blocks)].join('\n');
}

type InputBlock = {
  type: string;
  block_id: string;
  label: { text: string };
  element: { action_id: string; options?: { text: { text: string }; value: string }[] };
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
