import type { Message, Person } from '../fakes/slack/types.ts';

type Button = {
  type: string;
  text: { text: string };
  action_id: string;
  confirm?: Record<'title' | 'text' | 'confirm' | 'deny', { text: string }>;
};

/** The words on a message's buttons. */
export function buttonsOf(message: Message): string[] {
  return buttons(message).map(({ text }) => text.text);
}

/** What Slack asks before a press counts: title, text, and the words of both buttons. */
export function questionBefore(message: Message, label: string): string[] {
  const { confirm } = button(message, label);
  return confirm ? [confirm.title, confirm.text, confirm.confirm, confirm.deny].map(({ text }) => text) : [];
}

/** A person presses a button by its words, and says yes where Slack asks. */
export function press(person: Person, message: Message, label: string): Promise<void> {
  const { action_id: actionId } = button(message, label);
  return person.presses({ messageTs: message.ts, channel: message.channel }, actionId);
}

function button(message: Message, label: string): Button {
  const found = buttons(message).find(({ text }) => text.text === label);
  if (!found) throw new Error(`the message has no button “${label}”: ${message.text}`);
  return found;
}

function buttons({ blocks }: Message): Button[] {
  return (blocks as { type: string; elements?: Button[] }[])
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements = [] }) => elements);
}
