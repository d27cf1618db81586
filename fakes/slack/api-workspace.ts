import { asString } from './json.ts';
import { type ApiContext, type Method, refuse } from './web-api.ts';

/** The workspace itself, and how to reach the people in it. */
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
    'bots.info': {
      token: 'bot',
      scope: 'users:read',
      run: ({ bot }) =>
        bot === identity.botId
          ? {
              ok: true,
              bot: {
                id: identity.botId,
                deleted: false,
                name: identity.botName,
                updated: workspace.since,
                app_id: identity.appId,
                user_id: identity.botUserId,
              },
            }
          : refuse('bot_not_found'),
    },
    'apps.connections.open': { token: 'app', run: () => ({ ok: true, url: newSocketUrl() }) },
    'conversations.open': {
      token: 'bot',
      scope: 'im:write',
      run: (body) => {
        const ids = asString(body.users).split(',').filter(Boolean);
        if (ids.length === 0) return refuse('users_list_not_supplied');
        const people = ids.map(workspace.user).filter((user) => user !== undefined);
        if (people.length < ids.length) return refuse('user_not_found');
        if (people.some(({ kind }) => kind === 'deactivated')) return refuse('user_disabled');
        // Slack: people of two organisations need a channel together. [doc]
        if (people.some(workspace.isStranger)) return refuse('invalid_user_combination');
        // Group messages (several users) are not in this stand-in.
        if (ids.length > 1) return refuse('not_enabled');
        const known = workspace.directChannel(ids[0] ?? '') !== undefined;
        const { id } = workspace.openDirectChannel(ids[0] ?? '');
        return { ok: true, ...(known && { no_op: true, already_open: true }), channel: { id } };
      },
    },
  };
}
