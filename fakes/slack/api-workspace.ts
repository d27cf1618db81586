import { asString } from './json.ts';
import { type ApiContext, type Method, refuse } from './web-api.ts';

/** Who is here, and how to reach them. */
export function workspaceMethods({ identity, workspace, newSocketUrl }: ApiContext): Record<string, Method> {
  const { teamId, teamDomain } = workspace;
  return {
    'auth.test': {
      token: 'bot',
      run: () => ({
        ok: true,
        url: `https://${teamDomain}.slack.com/`,
        team: teamDomain,
        user: identity.botName,
        team_id: teamId,
        user_id: identity.botUserId,
        bot_id: identity.botId,
        is_enterprise_install: false,
      }),
    },
    'apps.connections.open': { token: 'app', run: () => ({ ok: true, url: newSocketUrl() }) },
    'users.info': {
      token: 'bot',
      scope: 'users:read',
      run: (body) => {
        const user = workspace.user(asString(body.user));
        if (!user) return refuse('user_not_found');
        const { id, name, timezone } = user;
        return {
          ok: true,
          user: {
            id,
            team_id: teamId,
            name,
            deleted: false,
            real_name: name,
            ...(timezone && { tz: timezone }),
            profile: { real_name: name, display_name: name },
            is_bot: false,
          },
        };
      },
    },
    'conversations.open': {
      token: 'bot',
      scope: 'im:write',
      run: (body) => {
        const ids = asString(body.users).split(',').filter(Boolean);
        if (ids.length === 0) return refuse('users_list_not_supplied');
        if (ids.some((id) => !workspace.user(id))) return refuse('user_not_found');
        // Group messages (several users) are not in this stand-in.
        if (ids.length > 1) return refuse('not_enabled');
        const known = workspace.directChannel(ids[0] ?? '') !== undefined;
        const { id } = workspace.openDirectChannel(ids[0] ?? '');
        return { ok: true, ...(known && { no_op: true, already_open: true }), channel: { id } };
      },
    },
  };
}
