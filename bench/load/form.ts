import { until } from '../../test/until.ts';
import type { Stage } from '../stage.ts';
import type { SlackStandIn } from '../stand-ins/slack.ts';
import type { Call } from '../stand-ins/stand-in.ts';
import { openConnection } from './connection.ts';
import { channel, command, interaction } from './slack-requests.ts';

let presses = 0;

/** Opens the form, chooses, and fills in; gives the request that saves it. */
export async function filledForm(
  { subject, slack, quiet }: Stage,
  { visibility, hide }: { visibility: string; hide?: string },
): Promise<Buffer> {
  const connection = await openConnection(subject.port);
  await connection.send(command('', slack).request);
  await quiet();
  const select = inputOf(slack, 'static_select');
  const chosen = { type: 'static_select', selected_option: { value: visibility } };
  const values = { [select.blockId]: { [select.actionId]: chosen } };
  await connection.send(choice(slack, { select, chosen, values }));
  await quiet();
  connection.close();
  if (hide === undefined) return submission(slack, values);
  const typed = inputOf(slack, 'plain_text_input');
  const text = { type: 'plain_text_input', value: hide };
  return submission(slack, { ...values, [typed.blockId]: { [typed.actionId]: text } });
}

type Input = { blockId: string; actionId: string };

function inputOf(slack: SlackStandIn, type: string): Input {
  const block = slack.shown().content.blocks.find(({ element }) => element?.type === type);
  if (!block?.element) throw new Error(`the form has no ${type}`);
  return { blockId: block.block_id, actionId: block.element.action_id };
}

function choice(
  slack: SlackStandIn,
  { select, chosen, values }: { select: Input; chosen: object; values: object },
): Buffer {
  const action = { ...chosen, block_id: select.blockId, action_id: select.actionId };
  return interaction({
    type: 'block_actions',
    container: { type: 'view', view_id: slack.shown().id },
    trigger_id: nextTrigger(),
    view: viewOnWire(slack, values),
    state: { values },
    actions: [{ ...action, action_ts: String(Date.now() / 1000) }],
  });
}

function submission(slack: SlackStandIn, values: object): Buffer {
  return interaction({
    type: 'view_submission',
    trigger_id: nextTrigger(),
    view: viewOnWire(slack, values),
    response_urls: [],
  });
}

/** The view as Slack writes it in payloads. */
export function viewOnWire(slack: SlackStandIn, values: object): object {
  const { id, content } = slack.shown();
  return {
    ...content,
    id,
    team_id: 'T0TEAM',
    state: { values },
    hash: '1.1',
    root_view_id: id,
    previous_view_id: null,
    app_id: 'A0BENCH',
    bot_id: 'B0BOT',
  };
}

function nextTrigger(): string {
  presses += 1;
  return `${presses}.2.bench`;
}

/** Records the calls of both stand-ins in the order in which they came. */
export function recordCalls({ slack, zapi }: Stage): (Call & { to: 'slack' | 'zapi' })[] {
  const calls: (Call & { to: 'slack' | 'zapi' })[] = [];
  const note = (to: 'slack' | 'zapi') => (call: Call) => void calls.push(Object.assign(call, { to }));
  slack.onCall = note('slack');
  zapi.onCall = note('zapi');
  return calls;
}

/** Makes changes by one-line commands, one after another: each when the team was told of the one before. */
export async function changeByLines(
  { subject, slack }: Stage,
  lines: readonly { text: string; tellIn?: string }[],
  countEach: number,
): Promise<void> {
  const told = new Map<string, number>();
  slack.onCall = ({ line, body }) => {
    const [, where] = /"?channel"?[=:]"?(\w+)/.exec(line.endsWith('/chat.postMessage') ? body : '') ?? [];
    if (where) told.set(where, (told.get(where) ?? 0) + 1);
  };
  await Promise.all(
    lines.map(async ({ text, tellIn = channel }) => {
      const connection = await openConnection(subject.port);
      for (let made = 1; made <= countEach; made += 1) {
        const { status } = await connection.send(command(text, slack).request);
        if (status !== 200) throw new Error(`the change was answered with ${status}`);
        await until(() => (told.get(tellIn) ?? 0) >= made, `change ${made} told in ${tellIn}`, 30_000);
      }
      connection.close();
    }),
  );
}
