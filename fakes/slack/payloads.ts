import type { Envelope } from './delivery.ts';
import type { Identity } from './identity.ts';
import type { Json } from './json.ts';
import type { ChannelSeed, Message, UserSeed } from './types.ts';
import { viewOnWire } from './view-on-wire.ts';
import type { View } from './views.ts';
import type { Team, Workspace } from './workspace.ts';

/** Builds what Slack tells the app. */
export type Payloads = {
  command(from: { user: UserSeed; channel: ChannelSeed; command: string; text: string } & Reach): Envelope;
  submission(view: View, user: UserSeed, triggerId: string): Envelope;
  closed(view: View, user: UserSeed): Envelope;
  suggestion(
    view: View,
    user: UserSeed,
    asked: { blockId: string; actionId: string; query: string },
  ): Envelope;
  viewAction(view: View, user: UserSeed, triggerId: string, action: Json): Envelope;
  messageAction(
    from: { message: Message; user: UserSeed; channel: ChannelSeed; action: Json } & Reach,
  ): Envelope;
  message(message: Message): Json;
};

/** How the app can answer: by a modal, or at the address. */
type Reach = { triggerId: string; responseUrl: string };

/** Slack: what a command in a place without a public name says as channel_name. [thread] */
const PLACE_NAMES = { dm: 'directmessage', private: 'privategroup' } as const;

function placeName({ kind, name }: ChannelSeed): string {
  return kind === 'public' ? name : PLACE_NAMES[kind];
}

export function createPayloads(identity: Identity, workspace: Workspace): Payloads {
  const { appId, botId, botUserId, verificationToken } = identity;
  const { teamId, teamDomain } = workspace;
  const installedIn: Team = { id: teamId, domain: teamDomain };
  const interactive = (payload: Json): Envelope => ({ type: 'interactive', payload });
  // Slack: of an outsider `user.team_id` is their own workspace; `team` is the app's. [thread] java-slack-sdk#1041
  const by = (user: UserSeed, team = installedIn): Json => ({
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.teamOf(user).id },
    team,
    api_app_id: appId,
    token: verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  });
  // Slack: with views `team` is the person's, and view.app_installed_team_id the app's. [thread] bolt-js#1614
  const byViewer = (user: UserSeed): Json => by(user, workspace.teamOf(user));
  const acted = (action: Json): Json[] => [{ ...action, action_ts: workspace.nextTs() }];
  const shown = (view: View) => viewOnWire(view, identity, teamId);

  const message = ({ ts, text, blocks }: Message): Json => ({
    type: 'message',
    user: botUserId,
    bot_id: botId,
    app_id: appId,
    team: teamId,
    ts,
    text,
    blocks,
  });

  return {
    command: ({ user, channel, command, text, triggerId, responseUrl }) => ({
      type: 'slash_commands',
      payload: {
        token: verificationToken,
        // Slack: the ids say "where the user was in Slack". [doc] For an outsider that is elsewhere. [inferred]
        team_id: workspace.teamOf(user).id,
        team_domain: workspace.teamOf(user).domain,
        channel_id: channel.id,
        channel_name: placeName(channel),
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: appId,
        is_enterprise_install: 'false',
        response_url: responseUrl,
        trigger_id: triggerId,
      },
    }),
    submission: (view, user, triggerId) =>
      interactive({
        ...byViewer(user),
        type: 'view_submission',
        trigger_id: triggerId,
        view: shown(view),
        response_urls: [], // Filled only from channel inputs with response_url_enabled, which the fake lacks.
      }),
    closed: (view, user) =>
      interactive({ ...byViewer(user), type: 'view_closed', view: shown(view), is_cleared: false }),
    suggestion: (view, user, { blockId, actionId, query }) =>
      interactive({
        ...by(user),
        type: 'block_suggestion',
        container: { type: 'view', view_id: view.id },
        block_id: blockId,
        action_id: actionId,
        value: query,
        // Slack: an options request does not tell what is filled in. [doc] by its example, [thread] bolt-js#1146
        view: { ...shown(view), state: { values: {} } },
      }),
    viewAction: (view, user, triggerId, action) =>
      interactive({
        ...by(user),
        type: 'block_actions',
        container: { type: 'view', view_id: view.id },
        trigger_id: triggerId,
        view: shown(view),
        state: { values: structuredClone(view.values) },
        actions: acted(action),
      }),
    messageAction: ({ message: source, user, channel, action, triggerId, responseUrl }) =>
      interactive({
        ...by(user),
        type: 'block_actions',
        container: {
          type: 'message',
          message_ts: source.ts,
          channel_id: channel.id,
          is_ephemeral: source.visibleTo !== undefined,
        },
        channel: { id: channel.id, name: placeName(channel) },
        // Slack: an ephemeral message is not stored, so its payload has none. [doc]
        ...(source.visibleTo === undefined && { message: message(source) }),
        trigger_id: triggerId,
        response_url: responseUrl,
        state: { values: {} },
        actions: acted(action),
      }),
    message,
  };
}
