import { randomBytes } from 'node:crypto';
import { checkMessageBlocks, withIds } from './block-kit.ts';
import { asList, asString, type Json } from './json.ts';
import type { NewMessage, Workspace } from './workspace.ts';

/** Slack: an address takes 5 messages within 30 minutes. [doc] */
const USES = 5;
const LIFE_MS = 30 * 60 * 1000;

/** `source`: the message whose button was pressed; the address can replace or delete it. */
type Place = { channelId: string; userId: string; source?: string };

export type ResponseUrls = {
  issue(kind: 'commands' | 'actions', place: Place): string;
  /** Takes what the app posted to a path. Returns the HTTP answer. */
  take(path: string, body: Json): { status: number; body: string };
};

export function createResponseUrls({
  workspace,
  origin,
  now,
}: {
  workspace: Workspace;
  origin: () => string;
  now: () => number;
}): ResponseUrls {
  const issued = new Map<string, Place & { atMs: number; uses: number }>();

  return {
    issue: (kind, place) => {
      const path = `/${kind}/${workspace.teamId}/${randomBytes(6).toString('hex')}/${randomBytes(12).toString('hex')}`;
      issued.set(path, { ...place, atMs: now(), uses: 0 });
      return `${origin()}${path}`;
    },
    take: (path, body) => {
      const place = issued.get(path);
      // [inferred]: statuses and words of all refusals here.
      if (!place) return refusal(404, 'no_service');
      if (now() - place.atMs > LIFE_MS) return refusal(404, 'expired_url');
      if (place.uses >= USES) return refusal(404, 'used_url');
      if (workspace.channel(place.channelId)?.archived) return refusal(410, 'channel_is_archived');
      const { source } = place;
      const deletes = source !== undefined && isTrue(body.delete_original);
      const problem = contentProblem(body);
      // Slack: `delete_original` stands alone; a message beside it is published, and the source deleted. [doc]
      if (problem && !(deletes && problem === 'no_text')) return refusal(400, problem);
      place.uses += 1;
      if (deletes) workspace.remove(place.channelId, source);
      if (problem) return { status: 200, body: 'ok' };
      // Slack: a message that is replaced keeps who can see it. [doc]
      if (source !== undefined && !deletes && isTrue(body.replace_original)) {
        workspace.edit(place.channelId, source, contentOf(body));
      } else {
        workspace.post(responseMessage(place, body, 'response_url'));
      }
      return { status: 200, body: 'ok' };
    },
  };
}

/** Slack's own examples write "true" as text. [doc] */
const isTrue = (flag: unknown) => flag === true || flag === 'true';

function refusal(status: number, error: string): { status: number; body: string } {
  return { status, body: JSON.stringify({ ok: false, error }) };
}

/** Why Slack would not post this as a response. */
export function contentProblem(body: Json): 'no_text' | 'invalid_blocks' | undefined {
  if (asString(body.text) === '' && asList(body.blocks).length === 0) return 'no_text';
  return body.blocks != null && checkMessageBlocks(body.blocks).length > 0 ? 'invalid_blocks' : undefined;
}

function contentOf(body: Json): { text: string; blocks: Json[] } {
  return { text: asString(body.text), blocks: withIds(asList(body.blocks)) };
}

/** Slack: a response is seen only by the person who acted, unless `response_type` is in_channel. [doc] */
export function responseMessage(
  { channelId, userId }: { channelId: string; userId: string },
  body: Json,
  via: 'response_url' | 'command_ack',
): NewMessage {
  const shown = body.response_type === 'in_channel' ? {} : { visibleTo: userId };
  return { channel: channelId, via, ...contentOf(body), ...shown };
}
