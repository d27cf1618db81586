/**
 * The privacy settings that the bot changes, one row each. A second setting with the same body (profile photo,
 * description) starts here; the compiler then asks for its path in the gateways and
 * for its name in each language, and a test for its command in `manifest.yml`.
 */
export const settings = {
  'last-seen': {
    /** The slash command, as in `manifest.yml`. */
    command: '/lastseen',
  },
} as const;

export type SettingId = keyof typeof settings;

export const settingIds = Object.keys(settings) as SettingId[];
