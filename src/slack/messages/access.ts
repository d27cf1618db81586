import type { NoAccess } from '../../privacy/access.ts';
import type { TooMany } from '../../privacy/ports.ts';
import type { SettingId } from '../../privacy/settings.ts';
import type { Sentences } from '../sentences/en/english.ts';
import { escaped, linkTo } from './formatting.ts';
import type { Phrasing } from './phrasing.ts';

/** What somebody is told who may not, or not now. */
export function createAccessMessages(
  { access: words }: Sentences,
  { counted, settingName, timeText }: Phrasing,
) {
  /** `admin`: an id of Slack's, or words. */
  function refusedText(setting: SettingId, why: NoAccess, admin: string | undefined): string {
    const channels = why.kind === 'other-channel' ? why.channels.map(linkTo).join(words.or) : '';
    const refused = { setting: settingName(setting), whom: whomToAsk(admin), channels };
    return `:no_entry: ${words.refused[why.kind](refused)}`;
  }

  function whomToAsk(admin: string | undefined): string {
    return admin === undefined ? words.whoever : contactOf(admin);
  }

  return {
    refusedText,
    whomToAsk,
    tooManyText: ({ tooMany, until }: TooMany, most: number) =>
      `:no_entry: ${counted(most, words.tooMany[tooMany])} ${words.nextAt(timeText(until))}`,
    chooseNumber: `:point_down: ${words.chooseNumber}`,
    numberChanged: `:eyes: ${words.numberChanged}`,
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text#mentioning-users */
function contactOf(admin: string): string {
  // Words in capitals are no ids: these have a digit.
  if (!/^[UWSCG][A-Z0-9_]*\d[A-Z0-9_]*$/.test(admin)) return escaped(admin);
  if (/^[UW]/.test(admin)) return `<@${admin}>`;
  return admin.startsWith('S') ? `<!subteam^${admin}>` : linkTo(admin);
}
