import { z } from 'zod';
import { type Body, createHttp, type Http, HttpFailure, type HttpRequest, type Reply } from '../http.ts';
import type { PrivacyChange, Visibility } from '../privacy/change.ts';
import { type Meter, noMeter } from '../privacy/meter.ts';
import type { Phone } from '../privacy/phone.ts';
import { type Gateway, GatewayError } from '../privacy/ports.ts';
import type { SettingId } from '../privacy/settings.ts';
import { measuredCall } from './measured-call.ts';
import { readContactPages } from './zapi-contacts.ts';
import { failureOfHttp, failureOfReply, parseJson, parseObject } from './zapi-failure.ts';
import { lookedUpIn } from './zapi-look-up.ts';
import { asDigits } from './zapi-phone.ts';
import { planIn, planReply } from './zapi-plan.ts';
import { sendWithRetries } from './zapi-retries.ts';

/** One instance of Z-API: one WhatsApp number. `instanceToken` and `clientToken` are secrets. */
export type ZapiOptions = {
  apiUrl: string;
  instanceId: string;
  instanceToken: string;
  clientToken: string;
  meter?: Meter;
};

/** All tries and pauses of one call together. */
const budgetMs = 20_000;
const statusTimeoutMs = 3_000;
const readTimeoutMs = 8_000;

/** Z-API's names for each setting: where it is written, and what `disallowed-contacts` calls it. */
const wireNames: Record<SettingId, { path: string; type: string }> = {
  'last-seen': { path: '/privacy/last-seen', type: 'lastSeen' },
};

const wireVisibilities: Record<Visibility, string> = {
  everyone: 'ALL',
  contacts: 'CONTACTS',
  'contacts-except': 'CONTACT_BLACKLIST',
  nobody: 'NONE',
};

/** Entries are digits or `…@lid`, but Z-API does not promise it: any text is an entry, anything else is passed over. */
const hiddenReply = z.object({ disallowedContacts: z.array(z.unknown()).nullable() });
const statusReply = z.object({ connected: z.boolean() });
/** Of people or numbers; each is looked at by itself, so that a bad one spoils no other. */
const rows = z.array(z.unknown());
const deviceReply = z.object({ phone: z.string().regex(/^\d{5,15}$/), name: z.string().nullish() });

/** The gateway Z-API (developer.z-api.io). Its replies are untrusted: no part of one leaves this folder unread. */
export function createZapiGateway({ meter = noMeter, ...options }: ZapiOptions): Gateway {
  const headers = { 'client-token': options.clientToken };
  const reads = createHttp(options.apiUrl, headers);
  // A connection of their own: changes come one after another, and no read that hangs may take their time.
  const changes = createHttp(options.apiUrl, headers, 1);
  const instance = `/instances/${encodeURIComponent(options.instanceId)}/token/${encodeURIComponent(options.instanceToken)}`;

  /** A reply of any status, or GatewayError where there was none. `http`: whose connections it takes. */
  async function call(
    http: Http,
    request: Omit<HttpRequest, 'timeoutMs'>,
    {
      harmless = true,
      timeoutMs = budgetMs,
      beforeSend,
    }: { harmless?: boolean; timeoutMs?: number; beforeSend?: (() => void) | undefined } = {},
  ): Promise<Reply> {
    try {
      return await sendWithRetries(
        (leftMs) =>
          measuredCall(meter, request.path, () =>
            http.send({ ...request, path: instance + request.path, timeoutMs: leftMs }),
          ),
        { harmless, deadlineMs: Date.now() + timeoutMs, beforeSend, signal: request.signal },
      );
    } catch (error) {
      throw error instanceof HttpFailure ? failureOfHttp(error) : error;
    }
  }

  /** With a `body`, what is asked is too long for a path: a POST that changes nothing. */
  async function read<T>(
    path: string,
    schema: z.ZodType<T>,
    {
      timeoutMs = readTimeoutMs,
      signal,
      body,
    }: { timeoutMs?: number; signal?: AbortSignal; body?: object } = {},
  ): Promise<T> {
    const reply = await call(
      reads,
      { method: body ? 'POST' : 'GET', path, signal, body: body && asJson(body) },
      { timeoutMs },
    );
    const parsed = schema.safeParse(parseJson(reply.text));
    if (!isSuccess(reply) || !parsed.success) throw failureOfReply(reply);
    return parsed.data;
  }

  /** `error` in this reply is filled even when it is connected. */
  async function readConnected(): Promise<boolean> {
    return (await read('/status', statusReply, { timeoutMs: statusTimeoutMs })).connected;
  }

  /** Z-API does not say in its failures whether the phone is connected. */
  async function explain(failure: GatewayError): Promise<GatewayError> {
    const mayBeThePhone =
      ['refused', 'unexpected-reply'].includes(failure.kind) || /^5\d\d$/.test(failure.detail ?? '');
    return mayBeThePhone && !(await readConnected().catch(() => true))
      ? new GatewayError('disconnected', failure.changed, failure.detail)
      : failure;
  }

  return {
    async apply(change, { beforeSend, signal } = {}) {
      const reply = await call(
        changes,
        { method: 'POST', path: wireNames[change.setting].path, body: asJson(wireChange(change)), signal },
        { harmless: change.hide.length + change.showAgain.length === 0, beforeSend },
      );
      // Z-API answers 200 to a change it did not make: only `success: true` is a success.
      if (!isSuccess(reply) || parseObject(reply.text)?.success !== true)
        throw await explain(failureOfReply(reply));
    },

    async readHidden(setting, options) {
      const { type } = wireNames[setting];
      const { disallowedContacts } = await read(
        `/privacy/disallowed-contacts?type=${type}`,
        hiddenReply,
        options,
      );
      return (disallowedContacts ?? []).filter(isListed).map(asDigits);
    },

    readContacts: ({ signal } = {}) =>
      readContactPages((path, either) => read(path, rows, { signal: either }), signal),

    async lookUp(phones, options) {
      if (phones.length === 0) return [];
      return lookedUpIn(await read('/phone-exists-batch', rows, { ...options, body: { phones } }), phones);
    },

    async readOwnNumber() {
      const { phone, name } = await read('/device', deviceReply);
      return { phone: phone as Phone, name: name || undefined };
    },

    readConnected,

    readPlan: async () => planIn(await read('/me', planReply)),

    async close() {
      await reads.close();
      await changes.close();
    },
  };
}

function asJson(body: object): Body {
  return { type: 'application/json', text: JSON.stringify(body) };
}

function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

/** The documented body: `contactsBlacklist` holds changes, and is there only when there are any. */
function wireChange({ visibility, hide, showAgain }: PrivacyChange) {
  const contactsBlacklist = [
    ...hide.map((phone) => ({ action: 'add', phone })),
    ...showAgain.map((phone) => ({ action: 'remove', phone })),
  ];
  return {
    visualizationType: wireVisibilities[visibility],
    ...(contactsBlacklist.length > 0 && { contactsBlacklist }),
  };
}

function isListed(entry: unknown): entry is string {
  return typeof entry === 'string' && entry !== '';
}
