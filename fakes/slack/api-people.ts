import { asString, type Json } from './json.ts';
import type { UserGroupSeed } from './types.ts';
import { userOnWire } from './user-on-wire.ts';
import { type ApiContext, type Method, refuse } from './web-api.ts';

/** Slack: booleans of a call may come as text. [doc] */
const isSet = (flag: unknown) => flag === true || flag === 'true' || flag === 1 || flag === '1';

/** Who is here, one by one and in groups. */
export function peopleMethods({ workspace }: ApiContext): Record<string, Method> {
  /** Slack: a usergroup object; nobody said of this one who made it. [doc] */
  const groupOnWire = (group: UserGroupSeed, { include_users: users, include_count: count }: Json): Json => ({
    id: group.id,
    team_id: workspace.teamId,
    is_usergroup: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: workspace.since,
    date_update: workspace.since,
    // Slack: not 0 when the group was disabled. [doc]
    date_delete: group.disabled ? workspace.since : 0,
    auto_type: null,
    created_by: 'USLACKBOT',
    updated_by: 'USLACKBOT',
    deleted_by: group.disabled ? 'USLACKBOT' : null,
    prefs: { channels: [], groups: [] },
    ...(isSet(users) && { users: [...group.users] }),
    ...(isSet(count) && { user_count: group.users.length }),
  });

  return {
    'users.info': {
      token: 'bot',
      scope: 'users:read',
      run: ({ user: id, include_locale: includeLocale }) => {
        const user = workspace.user(asString(id));
        if (!user) return refuse('user_not_found');
        return { ok: true, user: userOnWire(user, workspace, isSet(includeLocale)) };
      },
    },
    'usergroups.list': {
      token: 'bot',
      scope: 'usergroups:read',
      run: (body) => {
        const listed = workspace.userGroups.filter(
          ({ disabled }) => !disabled || isSet(body.include_disabled),
        );
        return { ok: true, usergroups: listed.map((group) => groupOnWire(group, body)) };
      },
    },
    'usergroups.users.list': {
      token: 'bot',
      scope: 'usergroups:read',
      run: ({ usergroup, include_disabled: includeDisabled }) => {
        // Slack: the same error where the argument is missing. [thread] java-slack-sdk's tests on the real Slack
        const group = workspace.userGroup(asString(usergroup));
        // Slack: include_disabled "allows results that involve disabled User Groups". [doc] The error is [inferred].
        if (!group || (group.disabled && !isSet(includeDisabled))) return refuse('no_such_subteam');
        return { ok: true, users: [...group.users] };
      },
    },
  };
}
