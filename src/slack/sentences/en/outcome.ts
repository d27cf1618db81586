import type { FailureKind, Proof } from '../../../privacy/journal-entry.ts';
import { alike } from '../plural.ts';
import { names } from './names.ts';

const { phonePath } = names;

/** How a change ended: what happened, whether the setting changed, what to do next. */
export const outcome = {
  notChanged: 'The setting was not changed.',
  perhapsChanged: `It is not known whether the setting was changed: look on the phone (${phonePath}).`,
  notOnTheList: `It is not known whether the setting was changed: the list was read again, and does not show it so far. Look on the phone (${phonePath}).`,
  /** `next`: what to do next, with a small letter. */
  ifNotChanged: (next: string) => `If it was not, ${next}`,

  failures: {
    credentials: {
      happened: "Z-API did not accept this bot's tokens.",
      next: 'Ask whoever runs the bot to check ZAPI_CLIENT_TOKEN and ZAPI_INSTANCE_TOKEN against the Z-API panel.',
    },
    'instance-not-found': {
      happened: 'Z-API does not know the instance that this bot is set up for.',
      next: 'Ask whoever runs the bot to check ZAPI_INSTANCE_ID and ZAPI_INSTANCE_TOKEN against the Z-API panel.',
    },
    'subscription-lapsed': {
      happened: 'The Z-API subscription of this number has ended.',
      next: 'Renew it in the Z-API panel, then save again.',
    },
    disconnected: {
      happened: 'The phone of this number is not connected to Z-API.',
      next: 'Open the instance in the Z-API panel, connect the phone with the QR code, then save again.',
    },
    'address-not-allowed': {
      happened: "Z-API does not take requests from this bot's network address.",
      next: 'Ask whoever runs the bot to add the address to the allow-list in the Z-API panel.',
    },
    refused: {
      happened: 'Z-API refused the change and gave no reason.',
      next: `Try again in a minute. If it is refused again and again, it may not be your fault: now and then WhatsApp changes something that breaks this for everyone. Meanwhile change it on the phone (${phonePath}).`,
    },
    'invalid-phone': {
      happened: 'Z-API did not accept one of the numbers.',
      next: 'Check the numbers with their country codes, then save again.',
    },
    'wrong-request': {
      happened: "Z-API did not understand this bot's request. That is the bot's fault, not yours.",
      next: `Tell whoever runs the bot the id under the message for your team, and change it on the phone meanwhile (${phonePath}).`,
    },
    'rate-limited': {
      happened: 'Z-API is getting too many requests right now.',
      next: 'Wait a minute, then save again.',
    },
    unavailable: {
      happened: 'Z-API is not available right now.',
      next: 'Try again in a few minutes.',
    },
    timeout: {
      happened: 'Z-API did not answer in time.',
      next: 'Save again in a few minutes.',
    },
    'unexpected-reply': {
      happened: 'Z-API answered something that this bot does not understand.',
      next: 'Try again in a few minutes; if it happens again, tell whoever runs the bot the id under the message for your team.',
    },
    interrupted: {
      happened: 'The bot was stopped while it made this change.',
      next: 'Save it again.',
    },
    overtaken: {
      happened: 'Another change came first, and was made or may have been, so nothing was undone.',
      next: 'Look at what is set now, and change it if it should be different.',
    },
  } satisfies Record<FailureKind, { happened: string; next: string }>,
  expired: {
    happened: 'This change had to wait for too long, and was not made any more.',
    inShort: 'It had to wait for too long.',
    next: 'If it is still wanted, save it again.',
  },

  /** Before the numbers that a change puts on the list or takes off it. */
  list: {
    newlyHidden: alike((count) => `Newly hidden from ${count}:`),
    hidden: alike((count) => `Hidden from ${count}:`),
    toHide: alike((count) => `To hide from ${count}:`),
    shownAgain: alike((count) => `Shown again to ${count}:`),
    toShowAgain: alike((count) => `To show again to ${count}:`),
    alreadySo: alike((count) => `Already so for ${count}:`),
    notTaken: alike((count) => `Not taken for ${count}:`),
  },
  /** After a change of the list that the gateway confirmed. */
  proof: {
    verified: 'Verified: the list was read again and shows it.',
    'not-taken': `Z-API confirmed the change, but its list does not show all of it. Look on the phone (${phonePath}), or save it again.`,
    unread: 'Not verified: the list could not be read again, or does not tell.',
  } satisfies Record<Proof['kind'], string>,
  notLookedUp:
    'The numbers typed were not all checked on WhatsApp before: Z-API did not say in time, or not clearly.',
  erased: (hide: string, showAgain: string) =>
    `Numbers to hide from: ${hide}, to show again to: ${showAgain}. The numbers themselves were erased after a while.`,
};
