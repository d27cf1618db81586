import { describe, expect, test } from '@jest/globals';
import type { AccessRule, Facts, NoAccess } from '../../src/privacy/access.ts';
import { type Admission, admissionTo, createAdmissions } from '../../src/slack/admission.ts';
import type { Directory } from '../../src/slack/directory.ts';
import { someNumber } from './some-number.ts';

const asker = { id: 'U0ANA', channel: 'C0OPS' };

type Known = { standing?: Facts['standing']; groups?: Record<string, string[] | 'unreadable'> };

/** A directory that knows `before`, and is told `after` when it asks. */
function directoryOf(before: Known, after: Known = before) {
  const asked: Parameters<Directory['ask']>[] = [];
  const ages: number[] = [];
  const factsOf = ({ standing, groups = {} }: Known): Facts => ({
    standing,
    membersOf: (group) => {
      const members = groups[group];
      return typeof members === 'object' ? new Set(members) : members;
    },
  });
  const directory: Directory = {
    known: (_user, maxAgeMs) => {
      ages.push(maxAgeMs);
      return factsOf(before);
    },
    ask: async (...request) => {
      asked.push(request);
      return factsOf(after);
    },
  };
  return { directory, asked, ages };
}

/** Numbers with these rules, by name. */
function numbersWith(rules: Record<string, Partial<AccessRule>>) {
  const empty = { users: [], groups: [], channels: [] };
  return Object.entries(rules).map(([name, rule]) =>
    someNumber({ name, instance: `instance-of-${name}`, access: { ...empty, ...rule } }),
  );
}

const toldOf = (admission: Admission | undefined) =>
  admission?.ok ? admission.numbers.map(({ name }) => name) : admission?.why;

const askAbout = async (rules: Record<string, Partial<AccessRule>>, known: Known) =>
  toldOf(
    await createAdmissions(numbersWith(rules), directoryOf({}, known).directory).ask(asker, { maxAgeMs: 0 }),
  );

describe('the numbers that somebody may change', () => {
  test.each<[string, Record<string, Partial<AccessRule>>, Known, string[]]>([
    ['all, where there is no rule', { a: {}, b: {} }, { standing: 'member' }, ['a', 'b']],
    ['in the order of the settings', { z: {}, a: {}, m: {} }, { standing: 'member' }, ['z', 'a', 'm']],
    [
      'those where she is named',
      { a: { users: ['U0BRUNO'] }, b: { users: ['U0ANA'] } },
      { standing: 'member' },
      ['b'],
    ],
    [
      'those of her groups',
      { a: { groups: ['S0A'] }, b: { groups: ['S0B'] }, c: { groups: ['S0A', 'S0B'] } },
      { standing: 'member', groups: { S0A: ['U0BRUNO'], S0B: ['U0ANA'] } },
      ['b', 'c'],
    ],
    [
      'those of the channel',
      { a: { channels: ['C0OTHER'] }, b: { channels: ['C0OPS'] } },
      { standing: 'member' },
      ['b'],
    ],
    ['only where she is named, as a guest', { a: {}, b: { users: ['U0ANA'] } }, { standing: 'guest' }, ['b']],
    [
      'only where she is named, where Slack does not say who she is',
      { a: {}, b: { users: ['U0ANA'] }, c: { groups: ['S0A'] } },
      { standing: 'unreadable', groups: { S0A: 'unreadable' } },
      ['b'],
    ],
  ])('are %s', async (_which, rules, known, names) => {
    expect(await askAbout(rules, known)).toEqual(names);
  });
});

describe('where there is none, the reason told is', () => {
  test.each<[string, Record<string, Partial<AccessRule>>, Known, NoAccess]>([
    ['that she is a guest', { a: {}, b: { users: ['U0BRUNO'] } }, { standing: 'guest' }, { kind: 'guest' }],
    [
      'that she is of another organisation, rather than where',
      { a: { channels: ['C0OTHER'] }, b: {} },
      { standing: 'outsider' },
      { kind: 'outsider' },
    ],
    [
      'that Slack did not say, rather than that she is not named',
      { a: { users: ['U0BRUNO'] }, b: { groups: ['S0A'] } },
      { standing: 'member', groups: { S0A: 'unreadable' } },
      { kind: 'unreadable' },
    ],
    [
      'where to go, rather than that she is not named: she may be there',
      { a: { users: ['U0BRUNO'] }, b: { channels: ['C0OTHER'] } },
      { standing: 'member' },
      { kind: 'other-channel', channels: ['C0OTHER'] },
    ],
    [
      'every channel where she may be, once each',
      { a: { channels: ['C0ONE', 'C0TWO'] }, b: { channels: ['C0TWO', 'C0THREE'] } },
      { standing: 'member' },
      { kind: 'other-channel', channels: ['C0ONE', 'C0TWO', 'C0THREE'] },
    ],
    [
      'that she is not named',
      { a: { users: ['U0BRUNO'] }, b: { groups: ['S0A'] } },
      { standing: 'member', groups: { S0A: ['U0BRUNO'] } },
      { kind: 'not-listed' },
    ],
    ['that her account is closed', { a: {} }, { standing: 'nobody' }, { kind: 'nobody' }],
    ['that nothing is known, if the answer lacks what was asked for', { a: {} }, {}, { kind: 'unreadable' }],
  ])('%s', async (_which, rules, known, why) => {
    expect(await askAbout(rules, known)).toEqual(why);
  });
});

describe('Slack', () => {
  test.each<[string, Record<string, Partial<AccessRule>>, unknown]>([
    ['who is named everywhere', { a: { users: ['U0ANA'] }, b: { users: ['U0ANA'] } }, ['a', 'b']],
    ['who is named nowhere', { a: { users: ['U0BRUNO'] } }, { kind: 'not-listed' }],
    ['who is elsewhere', { a: { channels: ['C0OTHER'] } }, { kind: 'other-channel', channels: ['C0OTHER'] }],
  ])('is not asked about %s', async (_who, rules, told) => {
    const { directory, asked } = directoryOf({});
    const admissions = createAdmissions(numbersWith(rules), directory);
    expect(toldOf(admissions.known(asker))).toEqual(told);
    expect(toldOf(await admissions.ask(asker, { maxAgeMs: 0 }))).toEqual(told);
    expect(asked).toEqual([]);
  });

  test('is asked about every group once, as freshly as is wanted', async () => {
    const { directory, asked } = directoryOf({}, { standing: 'member' });
    const rules = { a: { groups: ['S0A', 'S0B'] }, b: { groups: ['S0B'] } };
    await createAdmissions(numbersWith(rules), directory).ask(asker, { maxAgeMs: 1_234 });
    expect(asked).toMatchObject([['U0ANA', { groups: ['S0A', 'S0B'], maxAgeMs: 1_234 }]]);
  });

  test('is asked even about one who may change another number for sure', async () => {
    const { directory, asked } = directoryOf({}, { standing: 'member' });
    const admissions = createAdmissions(numbersWith({ a: { users: ['U0ANA'] }, b: {} }), directory);
    expect(admissions.known(asker)).toBeUndefined();
    expect(toldOf(await admissions.ask(asker, { maxAgeMs: 0 }))).toEqual(['a', 'b']);
    expect(asked).toHaveLength(1);
  });

  test('need not be asked where it said a minute ago', async () => {
    const { directory, asked, ages } = directoryOf({ standing: 'member' });
    const admissions = createAdmissions(numbersWith({ a: {} }), directory);
    expect(toldOf(admissions.known(asker))).toEqual(['a']);
    expect(ages).toEqual([60_000]);
    await admissions.ask(asker, { maxAgeMs: 0 });
    expect(asked).toHaveLength(1);
  });

  test('that said nothing yet leaves it open', () => {
    const { directory } = directoryOf({});
    expect(createAdmissions(numbersWith({ a: {} }), directory).known(asker)).toBeUndefined();
  });
});

describe('where one number matters', () => {
  const rules = { a: { groups: ['S0A'] }, b: { users: ['U0ANA'] }, c: { groups: ['S0C'] } };
  const ask = async (instance: string, before: Known, after: Known) => {
    const { directory, asked } = directoryOf(before, after);
    const admissions = createAdmissions(numbersWith(rules), directory);
    return [toldOf(await admissions.ask(asker, { maxAgeMs: 0, instance })), asked.length] as const;
  };

  test('nothing is asked that does not matter for it', async () => {
    expect(await ask('instance-of-b', {}, {})).toEqual([['b'], 0]);
    const { directory, asked } = directoryOf({}, { standing: 'member', groups: { S0C: ['U0ANA'] } });
    await createAdmissions(numbersWith(rules), directory).ask(asker, {
      maxAgeMs: 0,
      instance: 'instance-of-c',
    });
    expect(asked).toMatchObject([['U0ANA', { groups: ['S0C'] }]]);
  });

  test('of the others counts what is known', async () => {
    const before: Known = { standing: 'member', groups: { S0A: ['U0ANA'], S0C: ['U0ANA'] } };
    const after: Known = { standing: 'member', groups: { S0C: [] } };
    const { directory } = directoryOf(before, after);
    directory.ask = async () => ({ standing: 'member', membersOf: () => new Set() });
    const admissions = createAdmissions(numbersWith(rules), directory);
    const admission = await admissions.ask(asker, { maxAgeMs: 0, instance: 'instance-of-c' });
    expect(toldOf(admission)).toEqual(['a', 'b']);
  });

  test('its reason is told, not that of another', async () => {
    const { directory } = directoryOf({}, { standing: 'member', groups: { S0A: 'unreadable', S0B: [] } });
    const two = numbersWith({ a: { groups: ['S0A'] }, b: { groups: ['S0B'] } });
    const about = (instance?: string) =>
      createAdmissions(two, directory).ask(asker, { maxAgeMs: 0, instance });
    expect(toldOf(await about('instance-of-b'))).toEqual({ kind: 'not-listed' });
    expect(toldOf(await about('instance-of-a'))).toEqual({ kind: 'unreadable' });
    expect(toldOf(await about())).toEqual({ kind: 'unreadable' });
  });
});

describe('a button of a message', () => {
  const number = someNumber({
    auditChannel: 'C0AUDIT',
    access: { users: ['U0ANA'], groups: [], channels: ['C0OPS'] },
  });
  const admissions = createAdmissions([number], directoryOf({}).directory);
  const elsewhere = { kind: 'other-channel', channels: ['C0OPS'] };

  test.each([
    ['C0AUDIT', true, ['main']],
    ['C0AUDIT', false, elsewhere],
    ['C0OPS', true, ['main']],
    ['C0OTHER', true, elsewhere],
  ])('works where the bot posts of the number: in %s, pressed %s', (channel, pressed, told) => {
    expect(toldOf(admissions.known({ id: 'U0ANA', channel, pressed }))).toEqual(told);
  });

  test('works there for nobody else', () => {
    expect(toldOf(admissions.known({ id: 'U0BRUNO', channel: 'C0AUDIT', pressed: true }))).toEqual({
      kind: 'not-listed',
    });
  });
});

test.each([
  ['instance-of-a', 'a'],
  ['instance-of-b', undefined],
  ['', undefined],
])('the admission to %j is to %s', (instance, name) => {
  const [a] = numbersWith({ a: {}, b: {} });
  if (!a) throw new Error('no number');
  expect(admissionTo({ ok: true, numbers: [a] }, instance)?.name).toBe(name);
  expect(admissionTo({ ok: false, why: { kind: 'guest' } }, instance)).toBeUndefined();
});
