import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asker, botToken, signingSecret } from './load/slack-requests.ts';
import type { Launch } from './load/subject.ts';
import type { SlackStandIn } from './stand-ins/slack.ts';
import type { StandIn } from './stand-ins/stand-in.ts';

const root = join(import.meta.dirname, '..');
const peer = (name: string, file: string): Launch => ({ name, args: [join(root, 'bench/peers', file)] });

/** The bot, started as the unit starts it. */
export function botAt(name: string, path: string): Launch {
  const unit = readFileSync(join(root, 'docs/operating/lastseen-bot.service'), 'utf8');
  const [, flags = ''] = /^ExecStart=\S+((?: --\S+)*) \.$/m.exec(unit) ?? [];
  const [, arenas = ''] = /^Environment=MALLOC_ARENA_MAX=(\d+)$/m.exec(unit) ?? [];
  return { name, args: [...flags.split(' ').filter(Boolean), path], env: { MALLOC_ARENA_MAX: arenas } };
}

/** From the sources. */
export const sources = botAt('lastseen-bot', root);
export const boltAck = peer('bare Bolt, ack only', 'bolt-ack.ts');
export const boltSocketAck = peer('bare Bolt, ack only', 'bolt-socket-ack.ts');
export const boltViewsOpen = peer('bare Bolt, ack and views.open', 'bolt-views-open.ts');
export const sameCalls = peer('the same calls alone', 'same-calls.ts');
export const rawHttp = peer('bare node:http, signature checked', 'raw-http.ts');

/** The variables of every subject: the peers read what they need of them. Logs are written as in production, to nowhere. */
export function environment({ slack, zapi }: { slack: SlackStandIn; zapi: StandIn }): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: botToken,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slack.apiUrl,
    ZAPI_API_URL: zapi.url,
    ZAPI_CLIENT_TOKEN: 'bench-client-token',
    ZAPI_INSTANCE_ID: 'BENCH',
    ZAPI_INSTANCE_TOKEN: 'bench-instance-token',
    ALLOWED_USERS: asker,
  };
}

/** The variables of several numbers, each with a channel of its own that is told: `C0` and its name. */
export function severalNumbers(names: readonly string[]): Record<string, string> {
  const each = names.flatMap((name) => {
    const prefix = `ZAPI_${name.toUpperCase()}`;
    return [
      [`${prefix}_INSTANCE_ID`, name],
      [`${prefix}_INSTANCE_TOKEN`, 'bench-instance-token'],
      [`${prefix}_AUDIT_CHANNEL`, `C0${name.toUpperCase()}`],
    ];
  });
  return { ZAPI_INSTANCES: names.join(), ...Object.fromEntries(each) };
}
