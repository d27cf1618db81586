import type { Config } from '../config.ts';
import { askSlack, slackDidNotAnswer } from './ask-slack.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';
import { findRunningBot, healthAddresses } from './running-bot.ts';
import { greetingOf } from './socket-greeting.ts';

const name = 'slack-connection';

/** Whether commands can come in. */
export async function checkSlackConnection(config: Config): Promise<Finding[]> {
  const { connection } = config.slack;
  return connection.mode === 'socket' ? checkSocket(config, connection.appToken) : [seenOnlyAtSlack()];
}

function seenOnlyAtSlack(): Finding {
  return notChecked(
    name,
    'HTTP mode: whether Slack can reach the bot can not be seen from here.',
    'At api.slack.com/apps, your app, App Manifest: the url of /lastseen, request_url and message_menu_options_url are all https://your-host/slack/events, and socket_mode_enabled is false. Then type /lastseen in Slack.',
  );
}

/**
 * Opens a socket as the bot does. Slack gives each command to one of an app's sockets: where the bot is known to be
 * connected, none is opened, so that nothing goes astray.
 */
async function checkSocket(config: Config, appToken: string): Promise<Finding[]> {
  const { apiUrl } = config.slack;
  const opened = await askSlack(apiUrl, 'apps.connections.open', { token: appToken });
  if (opened.kind === 'no-answer') return [slackDidNotAnswer(name, opened.why)];
  if (typeof opened.body.url !== 'string') return [refused(opened.error)];
  const running = await Promise.all(healthAddresses(config).map(findRunningBot));
  if (running.includes('ready')) return [ok(name, 'Socket Mode: the bot is running and connected.')];
  const greeting = await greetingOf(opened.body.url);
  if (!greeting)
    return [
      toDo(
        name,
        'Slack takes the token in SLACK_APP_TOKEN, but the connection of Socket Mode could not be opened.',
        "Let WebSocket connections (wss://) to Slack through this machine's proxy or firewall.",
      ),
    ];
  return [
    ok(name, 'Socket Mode: Slack greeted the bot on a connection of its own.'),
    ...(await compareApps(config, greeting.appId)),
  ];
}

function refused(code: string): Finding {
  const todo =
    code === 'socket_mode_not_enabled' || code === 'not_allowed'
      ? 'Switch Socket Mode on (api.slack.com/apps, your app, Socket Mode).'
      : 'Copy the app-level token again (api.slack.com/apps, your app, Basic Information), or make a new one with the scope connections:write.';
  return toDo(name, `Slack refuses the token in SLACK_APP_TOKEN (${code}).`, todo);
}

/** Two apps with two tokens: one would get the commands, and the other answer them. Silent where it can't be said. */
async function compareApps(config: Config, appId: string | undefined): Promise<Finding[]> {
  const { apiUrl, botToken: token } = config.slack;
  const self = await askSlack(apiUrl, 'auth.test', { token });
  const bot = self.kind === 'answer' && typeof self.body.bot_id === 'string' ? self.body.bot_id : '';
  const info = await askSlack(apiUrl, 'bots.info', { token, fields: { bot } });
  const found = info.kind === 'answer' && info.ok ? info.body.bot : undefined;
  const botApp = typeof found === 'object' && found !== null && 'app_id' in found ? found.app_id : undefined;
  if (appId === undefined || botApp === undefined || botApp === appId) return [];
  return [
    toDo(
      'slack-app',
      'SLACK_BOT_TOKEN and SLACK_APP_TOKEN belong to two different apps.',
      'Copy both from the same app at api.slack.com/apps.',
    ),
  ];
}
