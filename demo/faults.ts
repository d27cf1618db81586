import type { FakeSlack, SlackFault } from '../fakes/slack/types.ts';
import type { FakeZapi, ZapiFault } from '../fakes/zapi/types.ts';

type Sides = { slack: FakeSlack; zapi: FakeZapi; numbers: readonly { instanceId: string }[] };

/** A way of going wrong that the visitor can switch on. `label` is read after the side's name. */
export type FaultSwitch = { id: string; label: string; effect: string } & (
  | { side: 'Z-API'; fault: ZapiFault }
  | { side: 'Slack'; fault: SlackFault }
  | { side: 'Z-API'; disconnectsPhones: true }
);

const CHANGE_PATH = '/privacy/last-seen';

export function faultSwitches(clientToken: string): readonly FaultSwitch[] {
  return [
    {
      id: 'zapi-slow',
      side: 'Z-API',
      label: 'is slow (5 s)',
      effect: 'Every answer comes after five seconds.',
      fault: { kind: 'slow', delayMs: 5_000 },
    },
    {
      id: 'zapi-502',
      side: 'Z-API',
      label: 'answers 502 (HTML)',
      effect: 'As when the gateway is being restarted.',
      fault: { kind: 'html', status: 502 },
    },
    {
      id: 'zapi-refuses',
      side: 'Z-API',
      label: 'says success: false',
      effect: 'HTTP 200, and yet nothing changed.',
      fault: { kind: 'success-false', path: CHANGE_PATH },
    },
    {
      id: 'zapi-reset',
      side: 'Z-API',
      label: 'cuts the connection',
      effect: 'It reads the request and hangs up.',
      fault: { kind: 'reset', applied: false },
    },
    {
      id: 'zapi-hang',
      side: 'Z-API',
      label: 'never answers',
      effect: 'The change is made all the same, but nobody says so.',
      fault: { kind: 'hang', applied: true, path: CHANGE_PATH },
    },
    {
      id: 'phone-disconnected',
      side: 'Z-API',
      label: 'has lost the phones',
      effect: 'Both WhatsApp accounts are disconnected.',
      disconnectsPhones: true,
    },
    {
      id: 'zapi-token',
      side: 'Z-API',
      label: 'wrong Client-Token',
      effect: '403, with the token in the answer, as the real one does.',
      fault: { kind: 'json', status: 403, body: { error: `Client-Token ${clientToken} not allowed` } },
    },
    {
      id: 'zapi-subscription',
      side: 'Z-API',
      label: 'subscription lapsed',
      effect: 'The instance has to be paid for again.',
      fault: { kind: 'subscription-lapsed' },
    },
    {
      id: 'zapi-not-taken',
      side: 'Z-API',
      label: 'changes don’t take',
      effect:
        'It says success: true, and the list stays as it was. The bot reads the list again, and finds out.',
      fault: { kind: 'not-taken' },
    },
    {
      id: 'zapi-no-contacts',
      side: 'Z-API',
      label: 'knows no contacts',
      effect: 'It answers 500. Whom the bot read before it still knows: kill it to make it forget.',
      fault: { kind: 'html', status: 500, path: '/contacts' },
    },
    {
      id: 'zapi-slow-look-up',
      side: 'Z-API',
      label: 'looks up slowly (8 s)',
      effect:
        'Whether a number is on WhatsApp is said too late: the change is made without it, and the message says so.',
      fault: { kind: 'slow', delayMs: 8_000, path: '/phone-exists-batch' },
    },
    {
      id: 'slack-rate-limit',
      side: 'Slack',
      label: 'rate-limits (3 times)',
      effect: 'chat.postMessage answers 429: wait 5 seconds. After three times this ends by itself.',
      fault: { kind: 'rate-limited', retryAfterSeconds: 5, method: 'chat.postMessage', times: 3 },
    },
    {
      id: 'slack-no-messages',
      side: 'Slack',
      label: 'takes no messages',
      effect:
        'chat.postMessage fails. Changes are made all the same, and their messages wait in the journal.',
      fault: { kind: 'http-status', status: 503, method: 'chat.postMessage' },
    },
    {
      id: 'slack-nobody-known',
      side: 'Slack',
      label: 'can’t say who people are',
      effect: 'users.info answers 500. Who is not known to be a member is refused.',
      fault: { kind: 'http-status', status: 500, method: 'users.info' },
    },
    {
      id: 'slack-twice',
      side: 'Slack',
      label: 'delivers all twice',
      effect: 'Each command, choice and submission reaches the bot two times.',
      fault: { kind: 'duplicate-delivery' },
    },
  ];
}

/** A fault that has used up its `times` is off, so this asks the fakes rather than remembering. */
export function isOn(faultSwitch: FaultSwitch, { slack, zapi, numbers }: Sides): boolean {
  if ('disconnectsPhones' in faultSwitch)
    return numbers.every(({ instanceId }) => !zapi.account(instanceId).connected);
  const standing = faultSwitch.side === 'Slack' ? slack.faults() : zapi.faults();
  return standing.some((fault) => describe(fault) === describe(faultSwitch.fault));
}

/** The fakes only know "add one" and "clear all": switching one off clears its side and puts the others back. */
export function setFault(
  faultSwitch: FaultSwitch,
  on: boolean,
  switches: readonly FaultSwitch[],
  sides: Sides,
): void {
  if (isOn(faultSwitch, sides) === on) return;
  if ('disconnectsPhones' in faultSwitch) {
    connectPhones(!on, sides);
    return;
  }
  if (on) {
    inject(faultSwitch, sides);
    return;
  }
  const others = switches.filter(
    (other) =>
      other !== faultSwitch && 'fault' in other && other.side === faultSwitch.side && isOn(other, sides),
  );
  if (faultSwitch.side === 'Slack') sides.slack.clearFaults();
  else sides.zapi.clearFaults();
  for (const other of others) inject(other, sides);
}

export function clearAllFaults(sides: Sides): void {
  sides.slack.clearFaults();
  sides.zapi.clearFaults();
  connectPhones(true, sides);
}

function connectPhones(connected: boolean, { zapi, numbers }: Sides): void {
  for (const { instanceId } of numbers) zapi.account(instanceId).connected = connected;
}

function inject(faultSwitch: FaultSwitch, { slack, zapi }: Sides): void {
  if ('disconnectsPhones' in faultSwitch) return;
  if (faultSwitch.side === 'Slack') slack.inject({ ...faultSwitch.fault });
  else zapi.inject({ ...faultSwitch.fault });
}

/** `times` counts down in the fakes, so it is no part of which fault it is. */
function describe(fault: ZapiFault | SlackFault): string {
  const entries = Object.entries(fault).filter(([key]) => key !== 'times');
  return JSON.stringify(entries.sort(([a], [b]) => a.localeCompare(b)));
}
