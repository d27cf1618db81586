import type { NoAccess } from '../../../privacy/access.ts';
import type { TooMany } from '../../../privacy/ports.ts';
import type { Counted } from '../plural.ts';

/** The pieces of a refusal. `whom`: to ask. */
type Refused = { setting: string; whom: string; channels: string };

/** What somebody is told who may not, or not now. */
export const access = {
  /** Where nobody is named. */
  whoever: 'whoever runs the bot',
  /** Between channels. */
  or: ' or ',
  refused: {
    outsider: ({ setting, whom }: Refused) =>
      `Only people of this workspace may use this bot for ${setting}, and you belong to another one. Nothing was changed. If you should be able to, ask ${whom}.`,
    guest: ({ setting, whom }: Refused) =>
      `Guests may not use this bot for ${setting}. Nothing was changed. If you should be able to, ask ${whom}.`,
    nobody: ({ setting, whom }: Refused) =>
      `This account may not use this bot for ${setting}. Nothing was changed. If it should be able to, ask ${whom}.`,
    'not-listed': ({ setting, whom }: Refused) =>
      `You are not among those who may use this bot for ${setting}. Nothing was changed. If you should be, ask ${whom}.`,
    'other-channel': ({ setting, channels, whom }: Refused) =>
      `This bot can't be used for ${setting} from here. Nothing was changed. Go to ${channels}, or ask ${whom}.`,
    unreadable: ({ whom }: Refused) =>
      `Slack did not say who you are, so the bot could not let you through. Nothing was changed. Try again in a minute; if it goes on, ask ${whom}.`,
  } satisfies Record<NoAccess['kind'], (refused: Refused) => string>,
  /** `when`: from when on another change is taken. */
  tooMany: {
    'by-person': {
      one: (most: string) => `You made ${most} change within the last hour, and more are not taken.`,
      other: (most: string) => `You made ${most} changes within the last hour, and more are not taken.`,
    },
    'of-number': {
      one: (most: string) => `This number had ${most} change within the last hour, and more are not taken.`,
      other: (most: string) =>
        `This number had ${most} changes within the last hour, and more are not taken.`,
    },
  } satisfies Record<TooMany['tooMany'], Counted>,
  nextAt: (when: string) => `Nothing was changed. Try again from ${when} on.`,
  chooseNumber: '*Choose the number first.* Nothing was changed yet.',
  numberChanged:
    '*Another number was chosen.* The people picked before were those of the other one. Nothing was changed yet. Look once more, then save.',
};
