import type { Config } from '../config.ts';
import { type Finding, notChecked } from './finding.ts';

/** What of the app no token of the bot's can see. Slack shows an app's manifest only to a token of the person who made it. */
export async function checkAppManifest(_config: Config): Promise<Finding[]> {
  return [
    notChecked(
      'slack-manifest',
      'Whether the app has the command and the interactivity of manifest.yml can not be seen with its tokens.',
      'Type /lastseen in Slack: if the form opens and its choices react, it has. Otherwise compare the two (api.slack.com/apps, your app, App Manifest).',
    ),
  ];
}
