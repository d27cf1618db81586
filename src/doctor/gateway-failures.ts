import type { GatewayError, GatewayErrorKind } from '../privacy/ports.ts';
import { english } from '../slack/sentences/en/english.ts';
import { type Finding, toDo } from './finding.ts';

const panel = "Z-API's panel";

const passing = "Try again in a minute; if it goes on, check this machine's network, proxy and firewall.";

/** What to do about each failure, for whoever runs the bot. */
const remedies: Record<GatewayErrorKind, string> = {
  credentials: `Compare ZAPI_CLIENT_TOKEN and ZAPI_INSTANCE_TOKEN with ${panel}.`,
  'instance-not-found': `Compare ZAPI_INSTANCE_ID and ZAPI_INSTANCE_TOKEN with ${panel}.`,
  'subscription-lapsed': `Renew it in ${panel}.`,
  disconnected: `Open the instance in ${panel}, and connect the phone with the QR code.`,
  'address-not-allowed': `Add this machine's address to the allow-list in ${panel}.`,
  refused: `Open the instance in ${panel}, and see whether it works there.`,
  'invalid-phone': 'Please tell whoever looks after the bot.',
  'wrong-request': 'Please tell whoever looks after the bot.',
  'rate-limited': passing,
  unavailable: passing,
  timeout: passing,
  'unexpected-reply': `Compare ZAPI_API_URL, if it is set, with ${panel}; otherwise please tell whoever looks after the bot.`,
};

/** Whether Z-API did not say anything of what it was asked. */
export function isSilence(kind: GatewayErrorKind): boolean {
  return kind === 'rate-limited' || kind === 'unavailable' || kind === 'timeout';
}

/** The same sentence that people read in Slack, and what to do about it here. */
export function gatewayFailure(name: string, { kind, detail }: GatewayError): Finding {
  const says = kind === 'refused' ? 'Z-API refused to answer.' : english.outcome.failures[kind].happened;
  const todo = remedies[kind];
  const code = isSilence(kind) && detail !== undefined ? ` (${detail})` : '';
  return toDo(name, `${says.slice(0, -1)}${code}.`, todo);
}
