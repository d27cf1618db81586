import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Visibility } from '../privacy/change.ts';
import type { Place } from '../privacy/journal-entry.ts';
import { type SettingId, settings } from '../privacy/settings.ts';

/** A form as one person has filled it in so far. */
export type Form = {
  setting: SettingId;
  place: Place;
  /** The name of the WhatsApp number; undefined while it is not chosen, or not known what the person may change. */
  number: string | undefined;
  /** The number that the person named in the command, until one is chosen. */
  on?: string | undefined;
  visibility: Visibility | undefined;
  /** What was typed. */
  hide: string;
  /** Who was picked: digits, or private ids. */
  hidePicked: readonly string[];
  showAgainPicked: readonly string[];
  /** Fingerprint of the unusual numbers that the person was asked to look at again. */
  lookedAt?: string | undefined;
};

/** The form's memory does not fit this version of the bot. */
export class OutdatedForm extends Error {
  readonly kind = 'outdated-form';
}

/** Slack's limit for a view's private_metadata. */
const longestMemory = 3000;
const largestTextsBytes = 100_000;
/** Of one character, as it is packed. */
const mostBytes = 3;

const memory = z.object({
  setting: z.enum(Object.keys(settings) as SettingId[]),
  channel: z.string(),
  replyUrl: z.string(),
  number: z.string().optional(),
  on: z.string().optional(),
  texts: z.string().optional(),
  lookedAt: z.string().optional(),
});

/**
 * Puts what must outlive an update of the form into its private_metadata: a client may forget the inputs that go out of
 * sight, and another process may answer the next step. Texts are packed; where they still do not fit they are left out.
 */
export function rememberForm(form: Form): string {
  return memoryOf(form, textsFit(form));
}

/** Whether the texts are part of what is remembered. */
export function textsFit(form: Form): boolean {
  // What hardly says anything packs so well that it could not be unpacked.
  return textOf(form).length <= largestTextsBytes / mostBytes && memoryOf(form, true).length <= longestMemory;
}

/** @throws OutdatedForm */
export function formMemory(privateMetadata: string): Omit<Form, 'visibility'> {
  try {
    const { channel, replyUrl, texts, number, ...kept } = memory.parse(JSON.parse(privateMetadata));
    const [hide, hidePicked, showAgainPicked] = texts ? unpacked(texts) : nothing;
    return { ...kept, number, place: { channel, replyUrl }, hide, hidePicked, showAgainPicked };
  } catch {
    throw new OutdatedForm();
  }
}

function memoryOf(form: Form, withTexts: boolean): string {
  const { setting, place, number, on, lookedAt } = form;
  const { hide, hidePicked, showAgainPicked } = form;
  const isFilled = hide !== '' || hidePicked.length + showAgainPicked.length > 0;
  const texts = withTexts && isFilled ? packed(textOf(form)) : undefined;
  return JSON.stringify({
    setting,
    channel: place.channel,
    replyUrl: place.replyUrl,
    number,
    on,
    texts,
    lookedAt,
  });
}

type Texts = [hide: string, hidePicked: string[], showAgainPicked: string[]];

const nothing: Texts = ['', [], []];

function textOf({ hide, hidePicked, showAgainPicked }: Form): string {
  const texts: Texts = [hide, [...hidePicked], [...showAgainPicked]];
  return JSON.stringify(texts);
}

function packed(text: string): string {
  return deflateRawSync(text).toString('base64url');
}

function unpacked(text: string): Texts {
  const inflated = inflateRawSync(Buffer.from(text, 'base64url'), { maxOutputLength: largestTextsBytes });
  return z
    .tuple([z.string(), z.array(z.string()), z.array(z.string())])
    .parse(JSON.parse(inflated.toString()));
}
