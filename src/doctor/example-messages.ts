import { visibilities } from '../privacy/change.ts';
import { failureKinds, type Outcome } from '../privacy/journal-entry.ts';
import { auditMessage } from '../slack/audit-message.ts';
import { section } from '../slack/blocks.ts';
import { historyMessage } from '../slack/history-blocks.ts';
import { lineQuestion } from '../slack/line-question.ts';
import type { Messages } from '../slack/messages/messages-in.ts';
import { exampleChange, exampleEnded, exampleNumber } from './example-changes.ts';

type Message = ReturnType<typeof auditMessage>;

/** One of each kind of message that the bot shows, by what it is. */
export function exampleMessages(messages: Messages): [what: string, message: Message][] {
  return [
    ...outcomes.map((outcome): [string, Message] => [
      `the message of a change: ${outcome.kind}${'failure' in outcome ? `, ${outcome.failure}` : ''}`,
      auditMessage(messages, exampleEnded(outcome), {
        number: exampleNumber,
        undo: exampleChange('contacts-except'),
      }),
    ]),
    ...visibilities.map((visibility): [string, Message] => [
      `the message with Undo: back to ${visibility}`,
      auditMessage(messages, exampleEnded({ kind: 'applied' }, 'nobody'), {
        number: exampleNumber,
        undo: exampleChange(visibility),
      }),
    ]),
    ['the history', history(messages)],
    ['the status', inOneSection(status(messages))],
    ['one change in full', inOneSection(messages.history.changeInFull(exampleEnded({ kind: 'applied' })))],
    ['the question of a line', question(messages)],
  ];
}

const missing = { hide: ['99900000001'], showAgain: [] };
const outcomes: Outcome[] = [
  { kind: 'applied', proof: { kind: 'verified' } },
  { kind: 'applied', proof: { kind: 'not-taken', missing } },
  { kind: 'applied', proof: { kind: 'unread' } },
  { kind: 'expired' },
  ...failureKinds.map((failure): Outcome => ({ kind: 'failed', failure })),
  { kind: 'unknown', failure: 'timeout', notOnTheList: true },
];

function history({ history: says }: Messages): Message {
  return historyMessage(says, {
    setting: 'last-seen',
    page: {
      entries: outcomes.slice(0, 8).map((outcome) => exampleEnded(outcome)),
      hasNewer: true,
      hasOlder: true,
    },
    on: 'sales',
    nameNumber: () => exampleNumber,
  });
}

function status({ history: says }: Messages): string {
  return says.statusText('last-seen', {
    last: exampleEnded({ kind: 'applied' }),
    number: exampleNumber,
    hidden: 2,
    connected: true,
  });
}

function question({ line }: Messages): Message {
  const asked = line.question(exampleChange('contacts-except'), {
    number: exampleNumber,
    last: exampleEnded({ kind: 'applied' }),
    doubts: { unusual: ['99900000001'], moreMaySee: true },
  });
  return lineQuestion(line, asked, {
    setting: 'last-seen',
    text: 'except +99900000001',
    number: 'sales',
    submissionId: 'example',
  });
}

/** What the bot says as text alone, as Slack would have to take it in a block. */
function inOneSection(text: string): Message {
  return { text, blocks: [section(text)] };
}
