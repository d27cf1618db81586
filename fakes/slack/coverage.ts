/**
 * `supported`: does what Slack does, refusals included. `partial`: see the note. `not`: refused, or left out.
 * A test keeps this table true.
 */
export type Support = 'supported' | 'partial' | 'not';

/** Where the knowledge comes from: Slack's documentation, a public issue, tried with Bolt 5.1, or our guess. */
export type Evidence = 'doc' | 'thread' | 'checked' | 'inferred';

export type Entry = { support: Support; evidence: readonly Evidence[]; note?: string };

const entry = (support: Support, evidence: Evidence[], note?: string): Entry =>
  Object.freeze({ support, evidence, ...(note && { note }) });

export const METHODS: Readonly<Record<string, Entry>> = Object.freeze({
  'apps.connections.open': entry('supported', ['doc', 'checked']),
  'auth.test': entry('supported', ['doc', 'checked']),
  'blocks.validate': entry(
    'partial',
    ['doc', 'inferred'],
    'needs no token; of each error the code and the constraint are left out, and a message is its blocks alone',
  ),
  'bots.info': entry('partial', ['doc'], 'this bot only; no icons'),
  'chat.getPermalink': entry(
    'supported',
    ['doc', 'inferred'],
    'that a private channel without the bot is not found, and a public one is, is a guess',
  ),
  'chat.postEphemeral': entry('supported', ['doc']),
  'chat.postMessage': entry(
    'partial',
    ['doc'],
    'channels by id, not by name; threads and attachments are not shown',
  ),
  'conversations.open': entry('partial', ['doc'], 'one person; no group messages'),
  'usergroups.list': entry(
    'partial',
    ['doc', 'inferred'],
    'all groups were made at the start, by Slackbot, with no description; user_count is a number',
  ),
  'usergroups.users.list': entry('supported', ['doc', 'thread', 'checked']),
  'users.info': entry(
    'partial',
    ['doc', 'thread', 'checked'],
    'no pictures, e-mail address, colour, tz_label and tz_offset; nobody is an administrator; not the bot itself',
  ),
  'views.open': entry('supported', ['doc', 'checked']),
  'views.update': entry('supported', ['doc', 'checked']),
  'chat.delete': entry('not', ['doc']),
  'chat.update': entry('not', ['doc']),
  'conversations.info': entry('not', ['doc']),
  'conversations.join': entry('not', ['doc']),
  'users.list': entry('not', ['doc']),
  'views.publish': entry('not', ['doc']),
  'views.push': entry('not', ['doc'], 'push as the answer to a submission works'),
});

/** What reaches the app, by `type` of its payload. */
export const DELIVERIES: Readonly<Record<string, Entry>> = Object.freeze({
  slash_commands: entry('supported', ['doc', 'checked']),
  block_actions: entry('supported', ['doc', 'checked']),
  block_suggestion: entry(
    'partial',
    ['doc', 'thread', 'checked'],
    'in modals; over HTTP they come to the request URL too, where Slack without an options load URL sends none',
  ),
  view_submission: entry('partial', ['doc', 'checked'], 'response_urls is always empty'),
  view_closed: entry('supported', ['doc', 'checked']),
  events_api: entry('not', ['doc']),
  shortcut: entry('not', ['doc']),
  message_action: entry('not', ['doc']),
});

const unchecked = entry('partial', ['doc'], 'passed on, not looked into');
const checked = entry('supported', ['doc']);

export const BLOCKS: Readonly<Record<string, Entry>> = Object.freeze({
  actions: checked,
  alert: checked,
  context: checked,
  divider: checked,
  header: checked,
  image: checked,
  input: checked,
  markdown: checked,
  section: checked,
  table: entry('partial', ['doc'], 'rows and columns are counted, cells not looked into'),
  card: unchecked,
  carousel: unchecked,
  container: entry('partial', ['doc'], 'not looked into; buttons in its child_blocks can be pressed'),
  context_actions: unchecked,
  data_table: unchecked,
  file: unchecked,
  plan: unchecked,
  rich_text: unchecked,
  task_card: unchecked,
  video: unchecked,
});

const unused = entry('partial', ['doc'], 'taken in a view unlooked; holds no value and nobody can use it');

export const ELEMENTS: Readonly<Record<string, Entry>> = Object.freeze({
  button: entry('supported', ['doc'], 'a confirm dialog is always confirmed'),
  checkboxes: checked,
  email_text_input: entry('partial', ['doc'], 'the address itself is not checked'),
  external_select: checked,
  image: checked,
  multi_external_select: entry('supported', ['doc', 'thread', 'checked']),
  multi_static_select: checked,
  plain_text_input: entry('supported', ['doc', 'checked'], 'Enter is not among what a person can press'),
  radio_buttons: checked,
  static_select: entry('supported', ['doc', 'checked']),
  url_text_input: entry('partial', ['doc'], 'the address itself is not checked'),
  overflow: entry('partial', ['doc'], 'limits are held; nobody can pick from it'),
  channels_select: unused,
  conversations_select: unused,
  datepicker: unused,
  datetimepicker: unused,
  file_input: unused,
  multi_channels_select: unused,
  multi_conversations_select: unused,
  multi_users_select: unused,
  number_input: unused,
  rich_text_input: unused,
  timepicker: unused,
  users_select: unused,
  workflow_button: unused,
});

/** What this Slack leaves out on purpose. */
export const LEFT_OUT: readonly string[] = Object.freeze([
  'rate limits of its own: 429 comes only from a fault',
  'events, shortcuts, threads, files, group messages, Enterprise Grid',
  'a second delivery of its own accord: duplicates come only from a fault',
  'an external_id that stays taken after its view closed',
  'signing out a person who was deactivated: what is on their screen can still be used',
  "what initial_options are shown as after an update: state is told, and the screen's disagreement with it is not",
]);
