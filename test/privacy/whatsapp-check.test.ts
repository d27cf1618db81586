import { describe, expect, test } from '@jest/globals';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { GatewayError, type LookedUp } from '../../src/privacy/ports.ts';
import { checkOnWhatsapp } from '../../src/privacy/whatsapp-check.ts';
import { ana, bruno, carla, exceptChange, someChange } from './some-changes.ts';

const anaWithoutNinth = '551187654321' as Phone;
const lid = '123@lid';

const onWhatsApp = (asked: string, phone = asked): LookedUp => ({
  asked,
  isOnWhatsApp: true,
  phone,
  privateId: undefined,
});
const stranger = (asked: string): LookedUp => ({ ...onWhatsApp(asked), isOnWhatsApp: false });

/** Checks against a gateway that gives this answer, and says what it was asked. */
async function check(
  change: PrivacyChange,
  typed: Phone[],
  answer: LookedUp[] | GatewayError = typed.map((phone) => onWhatsApp(phone)),
) {
  const asked: { phones: readonly string[]; timeoutMs: number | undefined }[] = [];
  const checked = await checkOnWhatsapp(
    {
      async lookUp(phones, { timeoutMs } = {}) {
        asked.push({ phones, timeoutMs });
        if (answer instanceof GatewayError) throw answer;
        return answer;
      },
    },
    { change, typed },
    900,
  );
  return { ...checked, asked };
}

test.each<[string, PrivacyChange]>([
  ['nobody', someChange('nobody')],
  ['people who were picked', exceptChange([ana], [lid])],
])('a change of %s is not looked up', async (_whom, change) => {
  expect(await check(change, [])).toEqual({
    change,
    isLookedUp: undefined,
    strangers: [],
    problems: [],
    asked: [],
  });
});

test('numbers that were typed are looked up, and nobody else, in the time that there is', async () => {
  const change = exceptChange([ana, carla], [bruno, lid]);
  expect(await check(change, [ana, bruno])).toEqual({
    change,
    isLookedUp: true,
    strangers: [],
    problems: [],
    asked: [{ phones: [ana, bruno], timeoutMs: 900 }],
  });
});

describe('the change has a number as WhatsApp writes it', () => {
  test.each<[string, PrivacyChange, PrivacyChange]>([
    ['to hide from', exceptChange([bruno, ana]), exceptChange([bruno, anaWithoutNinth])],
    ['to show again to', exceptChange([bruno], [ana, lid]), exceptChange([bruno], [anaWithoutNinth, lid])],
    [
      'once, where the same person was picked',
      exceptChange([ana, anaWithoutNinth, carla]),
      exceptChange([anaWithoutNinth, carla]),
    ],
  ])('%s', async (_what, change, expected) => {
    const checked = await check(change, [ana], [onWhatsApp(ana, anaWithoutNinth)]);
    expect(checked.change).toEqual(expected);
  });

  test('and who turns out to be in both lists is a problem, by number and by private id', async () => {
    const typed = '525512345678' as Phone;
    const written = '5215512345678';
    const answer = { ...onWhatsApp(typed, written), privateId: '77@lid' };
    const both = await check(exceptChange([typed], [written]), [typed], [answer]);
    expect(both.problems).toEqual([{ field: 'showAgain', kind: 'in-both', entry: written }]);
    const byId = await check(exceptChange([typed], ['77@lid']), [typed], [answer]);
    expect(byId.problems).toEqual([{ field: 'showAgain', kind: 'in-both', entry: '77@lid' }]);
  });

  test('but who is not on WhatsApp stays as typed', async () => {
    const answer = { ...stranger(ana), phone: anaWithoutNinth };
    expect((await check(exceptChange([ana]), [ana], [answer])).change).toEqual(exceptChange([ana]));
  });
});

test('strangers are those to hide from who are not on WhatsApp: who left can be taken off the list', async () => {
  const change = exceptChange([ana, bruno], [carla]);
  const checked = await check(
    change,
    [ana, bruno, carla],
    [stranger(ana), onWhatsApp(bruno), stranger(carla)],
  );
  expect(checked).toMatchObject({ change, isLookedUp: true, strangers: [ana] });
});

test('a number that is missing in the answer goes on unchecked, and the others are checked', async () => {
  const checked = await check(exceptChange([ana, bruno]), [ana, bruno], [stranger(ana)]);
  expect(checked).toMatchObject({ change: exceptChange([ana, bruno]), isLookedUp: false, strangers: [ana] });
});

test.each(['timeout', 'unavailable'] as const)('all goes on unchecked after a failure: %s', async (kind) => {
  const change = exceptChange([ana], [bruno]);
  const checked = await check(change, [ana, bruno], new GatewayError(kind, 'no'));
  expect(checked).toMatchObject({ change, isLookedUp: false, strangers: [] });
});
