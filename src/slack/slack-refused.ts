/** Slack answered that it will not let this bot in; the message says what to do. */
export class SlackRefused extends Error {
  readonly kind = 'slack-refused';
}

/** Slack's code for a refusal, as a sentence. */
export function refusal(variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', code: string): SlackRefused {
  const scope = variable === 'SLACK_APP_TOKEN' ? ', or make a new one with the scope connections:write' : '';
  return new SlackRefused(
    `Slack refused the token in ${variable} (${code}). Copy it again from your app at api.slack.com/apps${scope}, and check that the app is installed in the workspace.`,
  );
}
