import { describe, expect, test } from '@jest/globals';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { auditMessageIn, modes, openForm, publicChannel, saidIn, startWorld, toldIn } from '../world.ts';

const path = '/privacy/last-seen';
const said = (status: number, body: unknown): ZapiFault => ({ kind: 'json', path, status, body });

const notChanged = 'The setting was not changed.';
const notKnown =
  'It is not known whether the setting was changed: the list was read again, and does not show it so far. Look on the phone';

const credentials = [
  "Z-API did not accept this bot's tokens.",
  'check ZAPI_CLIENT_TOKEN and ZAPI_INSTANCE_TOKEN against the Z-API panel',
];
const noInstance = [
  'Z-API does not know the instance that this bot is set up for.',
  'check ZAPI_INSTANCE_ID and ZAPI_INSTANCE_TOKEN against the Z-API panel',
];
const ownFault = [
  "Z-API did not understand this bot's request. That is the bot's fault, not yours.",
  'Tell whoever runs the bot the id under the message for your team, and change it on the phone meanwhile',
];
const refused = ['Z-API refused the change and gave no reason.', 'Try again in a minute.'];
const notAvailable = ['Z-API is not available right now.', 'If it was not, try again in a few minutes.'];
const lapsed = ['The Z-API subscription of this number has ended.', 'Renew it in the Z-API panel'];
const noAddress = ["Z-API does not take requests from this bot's network address.", 'allow-list'];
const busy = ['Z-API is getting too many requests right now.', 'Wait a minute, then save again.'];
const strange = [
  'Z-API answered something that this bot does not understand.',
  'tell whoever runs the bot the id under the message',
];
const badPhone = ['Z-API did not accept one of the numbers.', 'Check the numbers with their country codes'];
const offline = ['The phone of this number is not connected to Z-API.', 'connect the phone with the QR code'];

type Row = {
  when: string;
  fault?: ZapiFault;
  env?: Record<string, string>;
  disconnected?: true;
  /** What happened, and what to do. */
  says: string[];
  changed: typeof notChanged | typeof notKnown;
};

/** The rows of Z-API's errors, as they are known (docs of Z-API, public client code). */
const rows: Row[] = [
  {
    when: 'the Client-Token is wrong',
    env: { ZAPI_CLIENT_TOKEN: 'NOT-THE-CLIENT-TOKEN' },
    says: credentials,
    changed: notChanged,
  },
  {
    when: 'the Client-Token is missing',
    fault: said(400, { error: 'your client-token is not configured' }),
    says: credentials,
    changed: notChanged,
  },
  {
    when: 'the Client-Token is missing, as documented',
    fault: said(400, { error: 'null not allowed' }),
    says: credentials,
    changed: notChanged,
  },
  {
    when: 'the answer is a bare 401',
    fault: { kind: 'empty', path, status: 401 },
    says: credentials,
    changed: notChanged,
  },
  {
    when: 'the address is not on the allow-list',
    fault: { kind: 'address-not-allowed', path, address: '203.0.113.9' },
    says: noAddress,
    changed: notChanged,
  },
  {
    when: 'the instance is unknown',
    env: { ZAPI_INSTANCE_ID: 'NOT-THE-INSTANCE' },
    says: noInstance,
    changed: notChanged,
  },
  {
    when: 'the instance token is wrong',
    env: { ZAPI_INSTANCE_TOKEN: 'NOT-THE-TOKEN' },
    says: noInstance,
    changed: notChanged,
  },
  {
    when: 'the answer is a bare 404',
    fault: { kind: 'html', path, status: 404 },
    says: noInstance,
    changed: notChanged,
  },
  {
    when: 'the subscription has lapsed',
    fault: { kind: 'subscription-lapsed', path },
    says: lapsed,
    changed: notChanged,
  },
  {
    when: 'the path is unknown',
    fault: said(200, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' }),
    says: ownFault,
    changed: notChanged,
  },
  {
    when: 'the method is wrong',
    fault: { kind: 'empty', path, status: 405 },
    says: ownFault,
    changed: notChanged,
  },
  {
    when: 'the Content-Type is missing',
    fault: { kind: 'empty', path, status: 415 },
    says: ownFault,
    changed: notChanged,
  },
  {
    when: 'a phone number is invalid',
    fault: said(400, { error: 'Invalid phone' }),
    says: badPhone,
    changed: notChanged,
  },
  {
    when: 'it answers success: false',
    fault: { kind: 'success-false', path },
    says: refused,
    changed: notChanged,
  },
  {
    when: 'it answers value: false',
    fault: { kind: 'value-false', path },
    says: refused,
    changed: notChanged,
  },
  {
    when: 'it answers an error in a 200',
    fault: { kind: 'error-in-200', path, error: 'SECRET-OF-THE-BODY' },
    says: refused,
    changed: notChanged,
  },
  {
    when: 'it answers an error in a 400',
    fault: said(400, { message: 'SECRET-OF-THE-BODY' }),
    says: refused,
    changed: notChanged,
  },
  { when: 'the phone is disconnected', disconnected: true, says: offline, changed: notChanged },
  {
    when: 'it is overloaded',
    fault: { kind: 'rate-limited', path, retryAfterSeconds: 60 },
    says: busy,
    changed: notChanged,
  },
  {
    when: 'it answers 503 in HTML',
    fault: { kind: 'html', path, status: 503 },
    says: notAvailable,
    changed: notKnown,
  },
  {
    when: 'it answers 500 and nothing',
    fault: { kind: 'empty', path, status: 500 },
    says: notAvailable,
    changed: notKnown,
  },
  {
    when: 'it cuts the connection',
    fault: { kind: 'reset', path, applied: false },
    says: notAvailable,
    changed: notKnown,
  },
  {
    when: 'it answers HTML in a 200',
    fault: { kind: 'html', path, status: 200 },
    says: strange,
    changed: notKnown,
  },
  {
    when: 'it answers nothing in a 200',
    fault: { kind: 'empty', path, status: 200 },
    says: strange,
    changed: notKnown,
  },
  { when: 'it answers an empty object', fault: said(200, {}), says: strange, changed: notKnown },
  {
    when: 'it answers success as a text',
    fault: said(200, { success: 'true' }),
    says: strange,
    changed: notKnown,
  },
  { when: 'it floods', fault: { kind: 'junk', path, bytes: 5_000_000 }, says: strange, changed: notKnown },
];

describe.each(modes)('Z-API fails, in %s mode', (mode) => {
  test.each(rows)(
    '$when: form and channel say what happened, whether the setting changed, what to do',
    async (row) => {
      await using world = await startWorld({ mode, ...(row.env && { env: row.env }) });
      if (row.fault) world.zapi.inject(row.fault);
      if (row.disconnected) world.account.connected = false;
      const form = await openForm(world);
      await form.choose('My contacts except…');
      await form.shows('Hide from');
      await form.write('Hide from', '+55 11 98765-4321');
      await form.save();
      await form.says('saved.*');
      const heading = row.changed === notChanged ? ':x: *Not saved.*' : ':warning: *Perhaps not saved.*';
      for (const part of [heading, ...row.says, row.changed]) expect(form.text()).toContain(part);
      expect(form.value('Hide from')).toBe('+55 11 98765-4321');

      const message = await auditMessageIn(world);
      const headline =
        row.changed === notChanged ? 'Last seen not changed: ' : 'Last seen perhaps not changed: ';
      for (const part of [headline, ...row.says, row.changed]) expect(message.text).toContain(part);
      for (const part of [...row.says, row.changed]) expect(saidIn(message)).toContain(part);

      await world.stopped();
      expect(toldIn(world, publicChannel)).toHaveLength(1);
      // A change of the list is sent once; once more where it was refused, for the list may have changed meanwhile.
      expect(world.changes()).toHaveLength(row.says === refused ? 2 : 1);
      const everything = [...world.logs, JSON.stringify(world.slack.calls)].join('\n');
      for (const secret of ['NOT-THE-', 'SECRET-OF-THE-BODY', '203.0.113.9']) {
        expect(everything).not.toContain(secret);
      }
    },
  );

  test('it makes the change and cuts the connection: the list shows that it was made', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'reset', path, applied: true });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect((await auditMessageIn(world)).text).toMatch(/^Last seen changed: /);
    expect(world.changes()).toHaveLength(1);
  });

  test('it makes half of a change and cuts the connection: nobody claims to know', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'reset', path, applied: false });
    const stop = world.zapi.onChange(() => {
      if (world.changes().length > 0) world.account.disallowed = ['5511987654321'];
    });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321, +55 21 91234-5678');
    await form.save();
    await form.says(
      '*Perhaps not saved.* Z-API is not available right now. It is not known whether the setting was changed: look on the phone',
    );
    stop();
  });

  test('it makes a change without numbers and never says so: nobody claims to know', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'json', path, status: 200, body: {} });
    const form = await openForm(world);
    await form.choose('Nobody');
    await form.save();
    await form.says(
      '*Perhaps not saved.* Z-API answered something that this bot does not understand. It is not known whether the setting was changed: look on the phone',
    );
  });
});
