import type { Entry, Evidence } from './coverage.ts';

/** `test`: the title of the test that proves it. */
export type Behaviour = Entry & { test: string };

const behaviour = (test: string, ...evidence: Evidence[]): Behaviour =>
  Object.freeze({ support: 'supported', evidence, test });

export const BEHAVIOURS: Readonly<Record<string, Behaviour>> = Object.freeze({
  'trigger life': behaviour('refuses a trigger_id after 3 seconds', 'doc'),
  'trigger use': behaviour('refuses a trigger_id that was used', 'doc'),
  'view hash': behaviour('refuses an update with an old hash', 'doc'),
  'closed view': behaviour('refuses to update a view that was closed', 'doc'),
  'typed values stay': behaviour('keeps what was typed where block_id and action_id stay', 'doc'),
  'required inputs': behaviour(
    'refuses empty required inputs by itself and sends nothing',
    'thread',
    'inferred',
  ),
  'submission unanswered': behaviour(
    'shows a banner and keeps the modal when a submission is not answered',
    'thread',
  ),
  'invalid answer': behaviour('shows a banner when the answer to a submission makes no sense', 'inferred'),
  'command unanswered': behaviour('tells the person when a command is not acknowledged in 3 seconds', 'doc'),
  'nobody connected': behaviour('tells the person when no socket is connected', 'thread', 'inferred'),
  'command refused over HTTP': behaviour(
    'tells the person what the app answered instead of 200',
    'thread',
    'inferred',
  ),
  'signed requests': behaviour(
    'signs each request and sends exactly the documented content type',
    'doc',
    'checked',
  ),
  'recycled sockets': behaviour('asks the app to reconnect and sends nothing more to the old socket', 'doc'),
  'warned sockets': behaviour('warns of the end of a socket and goes on using it', 'doc', 'inferred'),
  'duplicate delivery': behaviour('delivers one interaction twice, in two envelopes', 'thread'),
  'where a bot may post': behaviour('posts only where a bot may', 'doc'),
  'response_url uses': behaviour('takes five messages at a response_url, then no more', 'doc', 'inferred'),
  'response_url life': behaviour('takes nothing at a response_url after 30 minutes', 'doc', 'inferred'),
  'Block Kit refusal': behaviour("refuses a view that breaks a limit, in Slack's words", 'doc'),
  'response_url replaces and deletes': behaviour(
    'replaces and deletes an ephemeral message, which stays for one person',
    'doc',
  ),
  'user objects': behaviour('writes a user object for each kind of person', 'doc', 'thread'),
  strangers: behaviour('calls an outsider a stranger only where no channel is shared', 'doc', 'inferred'),
  'locale of outsiders': behaviour("tells a locale only to an app that asks, and never an outsider's", 'doc'),
  'direct messages that cannot be': behaviour(
    'opens no conversation with a person who is deactivated, or a stranger',
    'doc',
  ),
  'no shared commands': behaviour(
    'offers no command to outsiders and single-channel guests, and tells the app nothing',
    'doc',
    'thread',
    'inferred',
  ),
  'outsiders press buttons': behaviour(
    "tells the app of an outsider's button, with both workspaces",
    'thread',
  ),
  'outsiders in forms': behaviour(
    "names an outsider's own workspace as team of a submission, and the app's in the view",
    'thread',
    'inferred',
  ),
  'disabled user groups': behaviour('lists nobody of a disabled group unless asked', 'doc', 'inferred'),
  'unknown user groups': behaviour('knows no group that is not there, or not named', 'doc', 'thread'),
  'options in time': behaviour('gives up on options after 3 seconds', 'doc', 'thread'),
  'options that break a rule': behaviour('offers nothing when the answer breaks a rule', 'doc', 'inferred'),
  'options without state': behaviour(
    'tells an options request nothing of what is filled in, and no way to answer later',
    'doc',
    'thread',
  ),
  'options on opening': behaviour('asks for options as the menu opens where min_query_length is 0', 'doc'),
  'options once': behaviour('asks for options once, also while interactions come twice', 'inferred'),
  'options load URL': behaviour('asks for options at the options load URL', 'doc'),
  'most that can be chosen': behaviour('lets nobody choose more than max_selected_items', 'doc'),
  'first choices': behaviour(
    'lets what the app chose at first leave without a search, and come back only after one',
    'inferred',
  ),
  'first choices after an update': behaviour('keeps what is chosen over new initial_options', 'thread'),
});
