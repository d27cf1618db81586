/**
 * Who may change a number, and where. Ids are the chat's. Without `users` and `groups` every full member may; without
 * `channels`, anywhere.
 */
export type AccessRule = {
  users: readonly string[];
  groups: readonly string[];
  channels: readonly string[];
};

/** What somebody is to the team's workspace. `nobody`: an account that is closed, or not a person's. */
export type Standing = 'member' | 'guest' | 'outsider' | 'nobody';

/** What is known of the person who asks. `undefined`: not asked for yet; `unreadable`: the chat did not say. */
export type Facts = {
  standing: Standing | 'unreadable' | undefined;
  membersOf: (group: string) => ReadonlySet<string> | 'unreadable' | undefined;
};

/** Why somebody may not. Where several numbers have several reasons, the first one is told. */
export const noAccessKinds = [
  'outsider',
  'guest',
  'nobody',
  /** The chat did not say who they are. */
  'unreadable',
  'other-channel',
  'not-listed',
] as const;
export type NoAccess =
  | { kind: 'other-channel'; channels: readonly string[] }
  | { kind: Exclude<(typeof noAccessKinds)[number], 'other-channel'> };

export type Access = { ok: true } | { ok: false; why: NoAccess };

/** Who asks, and where. `pressed`: a button of a message that stands there. */
export type Asker = { id: string; channel: string; pressed?: boolean };

/**
 * Whether somebody may. Whoever runs the bot knows whom they name, so that people named by their id need not be asked
 * about; everybody else has to be a full member, also in a group. Undefined: more facts are needed to tell.
 */
export function judgeAccess(rule: AccessRule, asker: Asker, facts: Facts): Access | undefined {
  const { users, groups, channels } = rule;
  if (channels.length > 0 && !channels.includes(asker.channel))
    return no({ kind: 'other-channel', channels });
  if (users.includes(asker.id)) return { ok: true };
  if (users.length > 0 && groups.length === 0) return no({ kind: 'not-listed' });
  if (facts.standing === undefined) return undefined;
  if (facts.standing !== 'member') return no({ kind: facts.standing });
  return groups.length === 0 ? { ok: true } : judgeGroups(groups.map(facts.membersOf), asker);
}

function judgeGroups(groups: ReturnType<Facts['membersOf']>[], { id }: Asker): Access | undefined {
  if (groups.some((members) => typeof members === 'object' && members.has(id))) return { ok: true };
  if (groups.includes(undefined)) return undefined;
  return no({ kind: groups.includes('unreadable') ? 'unreadable' : 'not-listed' });
}

function no(why: NoAccess): Access {
  return { ok: false, why };
}
