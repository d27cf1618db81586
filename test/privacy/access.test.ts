import { describe, expect, test } from '@jest/globals';
import { type Access, type AccessRule, type Facts, judgeAccess } from '../../src/privacy/access.ts';

const asker = { id: 'U0ANA', channel: 'C0OPS' };
const rule = (fields: Partial<AccessRule> = {}): AccessRule => ({
  users: [],
  groups: [],
  channels: [],
  ...fields,
});
type Members = ReturnType<Facts['membersOf']>;
/** What is known of her, and who is in which group. */
const facts = (standing: Facts['standing'], groups: Record<string, Members> = {}): Facts => ({
  standing,
  membersOf: (group) => groups[group],
});
/** What does not matter for the answer: asked for, it fails. */
const nothingAsked: Facts = {
  get standing(): never {
    throw new Error('asked for the standing');
  },
  membersOf: (group) => {
    throw new Error(`asked for the group ${group}`);
  },
};
const yes: Access = { ok: true };
const no = (kind: 'outsider' | 'guest' | 'nobody' | 'unreadable' | 'not-listed'): Access => ({
  ok: false,
  why: { kind },
});
const elsewhere = (...channels: string[]): Access => ({
  ok: false,
  why: { kind: 'other-channel', channels },
});
const withAna = new Set(['U0BRUNO', 'U0ANA']);
const withoutAna = new Set(['U0BRUNO']);

describe('without rules', () => {
  test.each<[Facts['standing'], Access | undefined]>([
    ['member', yes],
    ['guest', no('guest')],
    ['outsider', no('outsider')],
    ['nobody', no('nobody')],
    ['unreadable', no('unreadable')],
    [undefined, undefined],
  ])('a full member may: %s', (standing, access) => {
    expect(judgeAccess(rule(), asker, facts(standing))).toEqual(access);
  });
});

describe('with channels', () => {
  test('nobody may elsewhere, whoever they are, and nothing is asked', () => {
    const given = rule({ channels: ['C0ONE', 'C0TWO'], users: ['U0ANA'], groups: ['S0A'] });
    expect(judgeAccess(given, asker, nothingAsked)).toEqual(elsewhere('C0ONE', 'C0TWO'));
  });

  test('whoever may, may in one of them', () => {
    const given = rule({ channels: ['C0ONE', 'C0OPS'] });
    expect(judgeAccess(given, asker, facts('member'))).toEqual(yes);
    expect(judgeAccess(given, asker, facts('guest'))).toEqual(no('guest'));
  });
});

describe('with users', () => {
  test('who is named may, and is not asked about', () => {
    expect(judgeAccess(rule({ users: ['U0BRUNO', 'U0ANA'] }), asker, nothingAsked)).toEqual(yes);
    expect(judgeAccess(rule({ users: ['U0ANA'], groups: ['S0A'] }), asker, nothingAsked)).toEqual(yes);
  });

  test('who is not may not, and is not asked about', () => {
    expect(judgeAccess(rule({ users: ['U0BRUNO'] }), asker, nothingAsked)).toEqual(no('not-listed'));
  });
});

describe('with groups', () => {
  test.each<[string, Members[], Access | undefined]>([
    ['she is in it', [withAna], yes],
    ['she is not', [withoutAna], no('not-listed')],
    ['she is in the second', [withoutAna, withAna], yes],
    ['she is in the second, and the first can not be read', ['unreadable', withAna], yes],
    ['she is in the second, and the first was not asked for', [undefined, withAna], yes],
    ['she is not in the second, and the first was not asked for', [undefined, withoutAna], undefined],
    ['she is not in the second, and the first can not be read', ['unreadable', withoutAna], no('unreadable')],
    ['one was not asked for, and the other can not be read', ['unreadable', undefined], undefined],
    ['nothing was asked for', [undefined], undefined],
    ['it is empty', [new Set<string>()], no('not-listed')],
  ])('a full member: %s', (_what, [first, second], access) => {
    const groups = second === undefined && access !== undefined ? ['S0A'] : ['S0A', 'S0B'];
    expect(judgeAccess(rule({ groups }), asker, facts('member', { S0A: first, S0B: second }))).toEqual(
      access,
    );
  });

  test.each(['guest', 'outsider', 'nobody', 'unreadable'] as const)(
    'a %s may not even as a member of one',
    (standing) => {
      const { membersOf } = nothingAsked;
      expect(judgeAccess(rule({ groups: ['S0A'] }), asker, { standing, membersOf })).toEqual(no(standing));
    },
  );

  test('her standing is asked for first', () => {
    const { membersOf } = nothingAsked;
    expect(judgeAccess(rule({ groups: ['S0A'] }), asker, { standing: undefined, membersOf })).toBeUndefined();
  });

  test('who is not named may be in one', () => {
    const given = rule({ users: ['U0BRUNO'], groups: ['S0A'] });
    expect(judgeAccess(given, asker, facts('member', { S0A: withAna }))).toEqual(yes);
    expect(judgeAccess(given, asker, facts('member', { S0A: withoutAna }))).toEqual(no('not-listed'));
  });
});
