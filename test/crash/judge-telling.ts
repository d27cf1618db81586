import { changeIdsIn } from '../world.ts';
import type { Evidence } from './evidence.ts';
import type { Figures } from './figures.ts';
import type { Complain } from './judge.ts';
import type { Passage } from './tollgate.ts';

/** Noting is the next thing done after Slack's answer; later than this, also on a busy machine, another cause is to be found. */
const notingMs = 5_000;

type Cause = 'killed' | 'answer lost' | 'database away' | 'none';

/** Every change is told; once, or with a cause. */
export function judgeTelling(evidence: Evidence, figures: Figures, complain: Complain): void {
  const ids = changeIdsIn([...evidence.messages]);
  const times = Map.groupBy(ids, (id) => id);
  const posts = postsByChange(evidence.slack);
  for (const { id, told, outcome } of evidence.journal) {
    const count = times.get(id)?.length ?? 0;
    if (count === 0 || (outcome && !told)) complain('untold', `${id} told: ${told}, ${count} messages`);
    if (count > 1) {
      const causes = (posts.get(id) ?? []).slice(0, -1).map((post) => causeOfRepeating(evidence, post));
      for (const cause of causes.concat(Array(Math.max(0, count - 1 - causes.length)).fill('none'))) {
        if (cause === 'none')
          complain(
            'toldTwice',
            `${id}, ${JSON.stringify(posts.get(id)?.map((post) => ({ ...inShort(post), killed: killOf(evidence, post) })))}`,
          );
        else figures[cause === 'database away' ? 'toldTwiceDatabase' : 'toldTwiceExcused'] += 1;
      }
    }
  }
  judgeOrder(evidence, complain);
}

/** What a channel reads of one WhatsApp number follows the order in which it was asked for. */
function judgeOrder({ messages, journal }: Evidence, complain: Complain): void {
  const instances = new Map(journal.map(({ id, instance }) => [id, instance]));
  for (const [channel, posted] of Map.groupBy(messages, (message) => message.channel)) {
    const last = new Map<string, string>();
    const seen = new Set<string>();
    for (const id of changeIdsIn(posted)) {
      const instance = id && instances.get(id);
      if (!id || !instance || seen.has(id)) continue;
      seen.add(id);
      if (id < (last.get(instance) ?? '')) complain('toldOutOfOrder', `${id} in ${channel}`);
      last.set(instance, id);
    }
  }
}

/** The messages that Slack took, of each change. */
function postsByChange(passages: readonly Passage[]): Map<string, Passage[]> {
  const taken = passages.filter((passage) => isPost(passage) && passage.reply?.body.startsWith('{"ok":true'));
  const inOrder = taken.sort((a, b) => (a.takenAtMs ?? 0) - (b.takenAtMs ?? 0));
  return Map.groupBy(inOrder, ({ body }) => /· change `(\w+)`/.exec(textIn(body))?.[1] ?? '');
}

function isPost({ path }: Passage): boolean {
  return path.endsWith('/chat.postMessage');
}

function channelOf({ body }: Passage): string | undefined {
  return /\bchannel["=:\s]+(\w+)/.exec(body)?.[1];
}

/** Slack's client sends forms, with blocks as JSON in a field. */
function textIn(body: string): string {
  return body.startsWith('{') ? body : decodeURIComponent(body.replaceAll('+', ' '));
}

function causeOfRepeating({ kills, outages, slack }: Evidence, post: Passage): Cause {
  const { from, takenAtMs = post.atMs, answeredAtMs } = post;
  // A process tells a channel one thing after another: with the next one it has noted the one before.
  const notedAtMs = slack.find(
    (next) =>
      isPost(next) && next.from === from && next.atMs > post.atMs && channelOf(next) === channelOf(post),
  )?.atMs;
  const notedByMs = notedAtMs ?? (answeredAtMs ?? takenAtMs) + notingMs;
  if (kills.some(({ process, atMs }) => process === from && atMs <= notedByMs && atMs >= post.atMs))
    return 'killed';
  if (answeredAtMs === undefined) return 'answer lost';
  return outages.some(({ fromMs, toMs }) => fromMs <= notedByMs && toMs >= takenAtMs)
    ? 'database away'
    : 'none';
}

function inShort({ from, atMs, takenAtMs, answeredAtMs }: Passage) {
  return { from, atMs, takenAtMs, answeredAtMs };
}

function killOf({ kills }: Evidence, { from }: Passage): number | undefined {
  return kills.find(({ process }) => process === from)?.atMs;
}
