/** What the fake Z-API offers to tests and to the demo. Shapes on the wire are Z-API's; these are the fake's own. */

export type ZapiVisibility = 'ALL' | 'NONE' | 'CONTACTS' | 'CONTACT_BLACKLIST';

/**
 * Someone the account knows. [inferred] A real contact has `name`, `short` or `vname`; who merely shares a group with
 * the account has at most `notify`.
 */
export type Contact = { phone: string; name?: string; short?: string; notify?: string; vname?: string };

/** The WhatsApp account behind one instance, as it stands. */
export type WhatsappAccount = {
  phone: string;
  name: string;
  lastSeen: ZapiVisibility;
  /** Kept when the mode moves on, as WhatsApp keeps it. Digits, or `…@lid`. */
  disallowed: string[];
  connected: boolean;
  /** What `GET /me` says of the subscription. `due`: milliseconds since 1970. Unset: far away, and paid. */
  plan?: { due: number; paymentStatus: string };
  /** A number that is added appears on the list as its `…@lid`, and either removes it. Unset: as it was sent. */
  listsAsLid?: boolean;
  /** In the order in which they are told. Unset: none. */
  contacts?: Contact[];
};

/** Who is on WhatsApp. A number is, in the form in which it is asked for, unless this says otherwise. */
export type WhatsappRegistry = {
  /** Numbers in the form in which WhatsApp has them; Brazil's other form of one leads to it. */
  registered: string[];
  /** Numbers that are not on WhatsApp, in neither of Brazil's forms unless the other one is registered. */
  notRegistered: string[];
  /** The `…@lid` of a number in the form in which WhatsApp has it. Unset: derived from the number. */
  lids: Record<string, string>;
};

export type InstanceSeed = {
  instanceId: string;
  instanceToken: string;
  account: WhatsappAccount;
};

/** One request as it arrived; secrets replaced by `•••` in `path`, so that it may be shown. */
export type ZapiRequest = {
  at: number;
  method: string;
  path: string;
  contentType: string | undefined;
  body: unknown;
  status: number | undefined;
  reply: string | undefined;
};

/** Faults that can be switched on; each stays until cleared, or has been used up where `times` is given. */
export type ZapiFault = {
  /** Only for paths that end so, for example `/privacy/last-seen`; unset: every path. */
  path?: string;
  times?: number;
} & (
  | { kind: 'success-false' }
  | { kind: 'value-false' }
  | { kind: 'error-in-200'; error: string }
  | { kind: 'html'; status: number }
  | { kind: 'empty'; status: number }
  | { kind: 'json'; status: number; body: unknown }
  | { kind: 'rate-limited'; retryAfterSeconds: number }
  | { kind: 'junk'; bytes: number }
  /** Cuts the connection after reading the request; `applied` says whether the change was made first. */
  | { kind: 'reset'; applied: boolean }
  /** Answers after a pause; the change is made before it. */
  | { kind: 'slow'; delayMs: number }
  /** Never answers; `applied` says whether the change was made. */
  | { kind: 'hang'; applied: boolean }
  | { kind: 'address-not-allowed'; address: string }
  | { kind: 'subscription-lapsed' }
  /**
   * A change of last seen answers `{"success":true}` and its mode is taken, but `phones` are neither put on the list nor
   * taken off it. Unset: none of the change's.
   */
  | { kind: 'not-taken'; phones?: string[] }
  /** A change of last seen is made at once, but for so long the list reads as it was before. */
  | { kind: 'late'; delayMs: number }
);

/** Faults of what a change does to the list; they wait for a change of last seen that is right in itself. */
export type ListFault = Extract<ZapiFault, { kind: 'not-taken' | 'late' }>;

export interface FakeZapi {
  /** `http://127.0.0.1:port`, for ZAPI_API_URL. */
  readonly url: string;
  readonly clientToken: string;
  readonly requests: readonly ZapiRequest[];
  /** The live account, not a copy: to write to it is to change something on the phone. Throws for an unknown id. */
  account(instanceId: string): WhatsappAccount;
  /** The live registry, the same for all instances: to write to it is to change who is on WhatsApp. */
  readonly whatsapp: WhatsappRegistry;
  inject(fault: ZapiFault): void;
  clearFaults(): void;
  faults(): readonly ZapiFault[];
  /** TCP connections accepted since the start. */
  connectionsOpened(): number;
  onChange(listener: () => void): () => void;
  /** Resolves with the first truthy value of `probe`, asked now and after each change; rejects after `timeoutMs`. */
  until<T>(probe: () => T | undefined | false | null, what: string, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

export type FakeZapiOptions = {
  clientToken: string;
  instances: InstanceSeed[];
  port?: number;
  /**
   * Refuses, with `{"success":false}`, to add who is on the list already and to remove who is not. What the real one
   * does is unknown. Unset: such a change is taken and changes nothing.
   */
  strictListChanges?: boolean;
  /** Cuts a larger page of contacts to so many, without a word, as gateways do. Unset: no page is too large. */
  largestContactsPage?: number;
  whatsapp?: Partial<WhatsappRegistry>;
  /** `GET /phone-exists/{phone}` answers with an object, as real clients read it. Unset: with an array, as documented. */
  phoneExistsAsObject?: boolean;
};
