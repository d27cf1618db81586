import type { Answer, Envelope } from './delivery.ts';

/** What the fake Slack offers to tests and to the demo. Shapes on the wire are Slack's; these are the fake's own. */

/**
 * What a person is to the workspace. A guest is in some of its channels, or in a single one; an outsider is of
 * another organisation, and here through a channel that both share (Slack Connect).
 */
export type UserKind = 'member' | 'guest' | 'single-channel-guest' | 'outsider' | 'deactivated';

export type UserSeed = {
  id: string;
  name: string;
  timezone?: string;
  /** `member` unless said otherwise. */
  kind?: UserKind;
  /** The workspace that an outsider belongs to, `T0ELSEWHERE` unless said otherwise. Nobody else has one. */
  homeTeamId?: string;
  /** A language code like `pt-BR`. Slack tells it to an app that asks for it, and never an outsider's. */
  locale?: string;
};

export type UserGroupSeed = {
  id: string;
  /** How it is mentioned, without the @. */
  handle: string;
  name: string;
  /** User ids. */
  users: string[];
  disabled?: boolean;
};

export type ChannelSeed = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'dm';
  /** User ids of the people in it. The bot is in it only when `botIsMember`. */
  members: string[];
  botIsMember: boolean;
  archived?: boolean;
};

export type WorkspaceSeed = {
  teamId: string;
  teamDomain: string;
  users: UserSeed[];
  channels: ChannelSeed[];
  userGroups?: UserGroupSeed[];
  /** OAuth scopes the bot token has, for example `chat:write.public`. */
  botScopes: string[];
};

/**
 * How Slack reaches the app: over the socket the app opened, or by signed requests to its address. `optionsUrl`: the
 * options load URL (`message_menu_options_url`), where options requests go; the request URL unless it is set.
 */
export type Delivery = { mode: 'socket' } | { mode: 'http'; requestUrl: string; optionsUrl?: string };

/** What became of one delivery to the app, and how long that took on the real clock. */
export type Delivered = {
  /** The payload's type, or `slash_commands`. */
  type: string;
  atMs: number;
  tookMs: number;
  /** `cut`: not answered in time, and the socket that it was sent on had closed meanwhile. */
  became:
    | 'answered'
    | 'cut'
    | 'operation_timeout'
    | 'dispatch_failed'
    | 'http_service_error'
    | 'http_client_error';
};

/** A message as it stands in a channel. `visibleTo` is set on ephemeral ones. */
export type Message = {
  channel: string;
  ts: string;
  /** How it came: the Web API, a response_url, Slack's own client speaking (errors, timeouts), or a person typing. */
  via: 'chat.postMessage' | 'chat.postEphemeral' | 'response_url' | 'command_ack' | 'slackbot' | 'person';
  /** The person who wrote it, on messages that came via 'person'. */
  from?: string;
  text: string;
  blocks: unknown[];
  visibleTo?: string;
};

/** An option that the app offered to an external select. */
export type OfferedOption = {
  text: string;
  value: string;
  description?: string;
  /** The label of the group it stands in, when the app grouped its options. */
  group?: string;
};

/** The last search in an external select of the form, and what became of it. */
export type Search = {
  blockId: string;
  actionId: string;
  query: string;
  /**
   * `waiting`: the app was asked. `offered`: it answered with valid options, perhaps with none. In every other case
   * the menu says that nothing was found. `too-short`: nobody was asked, because the query is shorter than
   * `min_query_length`. `timed-out`: no answer in 3 s. `failed`: the app could not be reached, or answered an error.
   * `invalid`: its answer breaks a rule, see `findings`.
   */
  outcome: 'waiting' | 'offered' | 'too-short' | 'timed-out' | 'failed' | 'invalid';
  options: OfferedOption[];
  /** What Slack has against the answer, each as `text [json-pointer:…]`. */
  findings: string[];
};

/** The modal as one person's client shows it. */
export type OpenModal = {
  viewId: string;
  callbackId: string;
  hash: string;
  title: string;
  submit: string | undefined;
  close: string | undefined;
  /** Block Kit blocks as the app last sent them. */
  blocks: unknown[];
  privateMetadata: string;
  /** What is filled in now, block_id → action_id → Slack's state value. Inputs that went away are forgotten. */
  values: Record<string, Record<string, unknown>>;
  /** Errors under inputs, by block_id; cleared by the next submission. */
  errors: Record<string, string>;
  /** A submission waits for its acknowledgement. */
  submitting: boolean;
  search: Search | undefined;
  /** Slack's own banner, for example when the app did not answer in 3 s. */
  notice: string | undefined;
};

/**
 * What one person does in Slack's client. Every promise resolves when Slack has the app's answer, or gave up waiting.
 * What is already on the screen of a person who has just become something else can still be used, as a click on its
 * way at that moment would be: a test finds out whether the app looks again.
 */
export interface Person {
  readonly id: string;
  /**
   * Types text into a channel's composer and sends it: a slash command, or a plain message. Slack offers no app's
   * commands to outsiders and single-channel guests: it whispers that there is no such command, and the app hears
   * nothing. `force` delivers the command all the same, as a forger would.
   */
  types(channelId: string, text: string, options?: { force?: boolean }): Promise<void>;
  /** The form on top, if one is open. */
  modal(): OpenModal | undefined;
  /** Puts a value into an input of the open form. Sends block_actions where the block has dispatch_action. */
  fills(blockId: string, actionId: string, value: string): Promise<void>;
  /**
   * Types into an external select and gets the options the app offers (block_suggestion); they can be picked then.
   * An empty query is the opening of the menu. Nothing when the query is shorter than `min_query_length`, or when
   * the app gave no valid answer in 3 s: `modal().search` says which.
   */
  searches(blockId: string, actionId: string, query: string): Promise<OfferedOption[]>;
  /**
   * Picks an option by its value: of a select or radio buttons; of a multiple choice it joins, up to
   * `max_selected_items`, or leaves when it was chosen. What the app chose at first can leave without a search.
   * Sends block_actions where the block has dispatch_action.
   */
  picks(blockId: string, actionId: string, optionValue: string): Promise<void>;
  /**
   * Presses the form's submit button. Slack's client refuses empty required inputs by itself, and ignores the
   * button while a submission waits. `twice`: a double click that beat the client to it, so two submissions.
   */
  submits(options?: { twice?: boolean }): Promise<void>;
  /** Closes the form. */
  closes(): Promise<void>;
  /** Presses a button in a message or in the form. */
  presses(target: { messageTs: string; channel: string } | 'modal', actionId: string): Promise<void>;
  /** Messages this person sees in a channel, oldest first, ephemeral ones for them included. */
  sees(channelId: string): Message[];
}

/** One call of the app to Slack. */
export type ApiCall = {
  at: number;
  /** A Web API method, or `response_url` for a post to one (its address is not kept). */
  method: string;
  /** Which token came with it. */
  token: 'bot' | 'app' | 'none' | 'unknown';
  body: Record<string, unknown>;
  reply: Record<string, unknown> | undefined;
};

/**
 * Faults that can be switched on; each stays until it is switched off, or has been used up where it counts.
 * Without `method` a fault hits every Web API method; `method: 'response_url'` hits posts to response_urls.
 */
export type SlackFault =
  /** Web API (all methods, or one) answers HTTP `status` with an HTML body. */
  | { kind: 'http-status'; status: number; method?: string; times?: number }
  /** Web API answers 429 with Retry-After. */
  | { kind: 'rate-limited'; retryAfterSeconds: number; method?: string; times?: number }
  /** Web API answers `{ok:false,error}`. */
  | { kind: 'api-error'; error: string; method?: string; times?: number }
  /** Web API takes the request and cuts the connection: before or after doing what was asked. */
  | { kind: 'reset'; when: 'before' | 'after'; method?: string; times?: number }
  /** Web API answers after a pause. */
  | { kind: 'slow'; delayMs: number; method?: string; times?: number }
  /** Each command, action, submission and closing is delivered twice; options requests are not. */
  | { kind: 'duplicate-delivery'; times?: number }
  /** New socket connections are refused. */
  | { kind: 'socket-refused'; times?: number };

export interface FakeSlack {
  /** `http://127.0.0.1:port/api/`, for SLACK_API_URL. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly calls: readonly ApiCall[];
  /** Everything that people did, as the app was told of it. */
  readonly deliveries: readonly Envelope[];
  /** Live: a test may make a guest of a member, on these very objects. */
  readonly users: readonly UserSeed[];
  /** Live, as the people are. */
  readonly userGroups: readonly UserGroupSeed[];
  /** Live: a test may archive a channel, or change who is in it, on these very objects. */
  readonly channels: readonly ChannelSeed[];
  person(userId: string): Person;
  /** Every message in a channel, ephemeral ones included. */
  messages(channelId: string): Message[];
  /** The bot's direct-message channel with a person, once the bot opened it. */
  directMessages(userId: string): Message[];
  inject(fault: SlackFault): void;
  clearFaults(): void;
  faults(): readonly SlackFault[];
  /** How many sockets the app holds now. */
  connections(): number;
  /**
   * Asks the app to reconnect, as Slack does when it recycles a socket (`type: disconnect`). `warning`: only says that the
   * socket will end in some seconds.
   */
  recycleSockets(reason?: 'warning' | 'refresh_requested'): void;
  /** Cuts every socket without a word. */
  cutSockets(): void;
  setDelivery(delivery: Delivery): void;
  /** Called whenever a delivery has ended. Returns how to stop listening. */
  onDelivered(listener: (delivered: Delivered) => void): () => void;
  /** Tells the app of something that nobody did, whatever it is; resolves with what the app says to it. */
  deliver(envelope: Envelope): Promise<Answer>;
  /** Puts anything at all on the app's sockets. */
  sendFrame(frame: string | Uint8Array): void;
  /** Called after anything changed: a message, a modal, a call, a connection. Returns how to stop listening. */
  onChange(listener: () => void): () => void;
  /** Resolves with the first truthy value of `probe`, asked now and after each change; rejects after `timeoutMs`. */
  until<T>(probe: () => T | undefined | false | null, what: string, timeoutMs?: number): Promise<T>;
  /** From now on answers as a Slack that revoked the token: `invalid_auth`. */
  revokeToken(which: 'bot' | 'app'): void;
  close(): Promise<void>;
}

export type FakeSlackOptions = {
  workspace: WorkspaceSeed;
  delivery?: Delivery;
  /** 0 picks a free port. */
  port?: number;
  /** Milliseconds since 1970; lets a test move past trigger and response_url lifetimes. */
  now?: () => number;
};
