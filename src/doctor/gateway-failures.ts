import type { GatewayError, GatewayErrorKind } from '../privacy/ports.ts';
import { english } from '../slack/sentences/en/english.ts';
import { type Finding, notChecked, toDo } from './finding.ts';

const panel = "Z-API's panel";

/** What to do about each failure, for whoever runs the bot; undefined where it passes by itself. */
const remedies: Record<GatewayErrorKind, string | undefined> = {
  credentials: `Compare ZAPI_CLIENT_TOKEN and ZAPI_INSTANCE_TOKEN with ${panel}.`,
  'instance-not-found': `Compare ZAPI_INSTANCE_ID and ZAPI_INSTANCE_TOKEN with ${panel}.`,
  'subscription-lapsed': `Renew it in ${panel}.`,
  disconnected: `Open the instance in ${panel}, and connect the phone with the QR code.`,
  'address-not-allowed': `Add this machine's address to the allow-list in ${panel}.`,
  refused: `Open the instance in ${panel}, and see whether it works there.`,
  'invalid-phone': 'Please report it.',
  'wrong-request': 'Please report it.',
  'rate-limited': undefined,
  unavailable: undefined,
  timeout: undefined,
  'unexpected-reply': `Compare ZAPI_API_URL, if it is set, with ${panel}; otherwise please report it.`,
};

/** The same sentence that people read in Slack, and what to do about it here. */
export function gatewayFailure(name: string, { kind, detail }: GatewayError): Finding {
  const says = kind === 'refused' ? 'Z-API refused to answer.' : english.outcome.failures[kind].happened;
  const remedy = remedies[kind];
  if (remedy !== undefined) return toDo(name, says, remedy);
  return notChecked(
    name,
    detail === undefined ? says : `${says.slice(0, -1)} (${detail}).`,
    "Try again in a minute; if it goes on, check this machine's network.",
  );
}
