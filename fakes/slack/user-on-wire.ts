import type { Json } from './json.ts';
import type { UserSeed } from './types.ts';
import type { Workspace } from './workspace.ts';

/** Slack: what only an active person of the workspace itself has in a user object. [thread] brekkylab/backlot#258 */
function membership({ kind, name, timezone }: UserSeed): Json {
  return {
    real_name: name,
    ...(timezone && { tz: timezone }),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: kind === 'guest' || kind === 'single-channel-guest',
    is_ultra_restricted: kind === 'single-channel-guest',
  };
}

/** Slack: of an outsider it withholds much; the documented example has no more than this. [doc] */
function foreignness(user: UserSeed, workspace: Workspace): Json {
  return { real_name: user.name, is_stranger: workspace.isStranger(user) };
}

/** A user object, as Slack writes it for an app. */
export function userOnWire(user: UserSeed, workspace: Workspace, includeLocale: boolean): Json {
  const { id, name, kind = 'member', locale } = user;
  const team = workspace.teamOf(user).id;
  const isOurs = kind !== 'outsider' && kind !== 'deactivated';
  return {
    id,
    team_id: team,
    name,
    deleted: kind === 'deactivated',
    profile: {
      real_name: name,
      real_name_normalized: name,
      display_name: name,
      display_name_normalized: name,
      team,
    },
    is_bot: false,
    is_app_user: false,
    updated: workspace.since,
    ...(isOurs && membership(user)),
    ...(kind === 'outsider' && foreignness(user, workspace)),
    // Slack: only for an app that asks, and never an outsider's. [doc]
    ...(includeLocale && isOurs && locale !== undefined && { locale }),
  };
}
