/**
 * The privacy settings that the bot changes, one row each. A second setting with the same body (profile photo,
 * description) starts here; the compiler then asks for its path in the gateways, and `manifest.yml` for its command.
 */
export const settings = {
  'last-seen': {
    /** The slash command, as in `manifest.yml`. */
    command: '/lastseen',
    /** WhatsApp's name for the setting, as in the middle of a sentence. */
    name: 'last seen',
  },
} as const;

export type SettingId = keyof typeof settings;

export const settingIds = Object.keys(settings) as SettingId[];
