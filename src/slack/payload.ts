import { z } from 'zod';

// What Slack promises of what it sends, as far as the bot relies on it: https://docs.slack.dev/interactivity. What people
// filled in is looked at where it is read.

const id = z.string().regex(/^[A-Z0-9]{1,64}$/);
const word = z.string().max(255);
const address = z.string().max(2_000);
const team = z.looseObject({ id: id.nullish() }).nullish();
const by = { user: z.looseObject({ id, team_id: id.nullish() }), team, enterprise: team };
const view = z.looseObject({
  id: word,
  callback_id: word,
  private_metadata: z.string().max(3_000),
  hash: word.nullish(),
  app_installed_team_id: id.nullish(),
});

const command = z.looseObject({
  command: word,
  text: z.string().nullish(),
  user_id: id,
  channel_id: id,
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  trigger_id: word,
  response_url: address,
});

const submission = z.looseObject({ ...by, view, trigger_id: word.nullish() });

const suggestion = z.looseObject({
  ...by,
  action_id: word,
  value: z.string().nullish(),
  view: view.nullish(),
});

const action = z.looseObject({
  ...by,
  actions: z.tuple([
    z.looseObject({
      action_id: word,
      block_id: word.nullish(),
      action_ts: word.nullish(),
      value: z.string().max(2_000).nullish(),
    }),
  ]),
  channel: z.looseObject({ id }).nullish(),
  container: z.looseObject({ channel_id: id.nullish() }),
  trigger_id: word.nullish(),
  response_url: address.nullish(),
  view: view.nullish(),
});

/** Whether a payload is as Slack sends those that listeners of this bot are for. Any other is nobody's, and passes. */
export function isAsSlackSends(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return shapeOf({ ...body })?.safeParse(body).success ?? true;
}

/** Bolt tells them apart so, and in this order. */
function shapeOf(body: Record<string, unknown>): z.ZodType | undefined {
  if (body.event !== undefined) return z.looseObject({ event: z.looseObject({ type: word }) });
  if (body.command !== undefined) return command;
  if (body.name !== undefined || body.type === 'block_suggestion') return suggestion;
  if (body.actions !== undefined || body.type === 'block_actions') return action;
  return ['view_submission', 'view_closed'].includes(String(body.type)) ? submission : undefined;
}
