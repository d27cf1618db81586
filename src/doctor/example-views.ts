import { type Visibility, visibilities } from '../privacy/change.ts';
import type { Form } from '../slack/form-memory.ts';
import type { Messages } from '../slack/messages/messages-in.ts';
import { closingView, outdatedView, renderForm, renderSaving, type Surroundings } from '../slack/modal.ts';
import { exampleEnded, exampleNumber, examplePeople } from './example-changes.ts';

type View = ReturnType<typeof renderForm>;

/** One of each kind of view that the bot shows, by what it is. */
export function exampleViews(messages: Messages): [what: string, view: View][] {
  const saved = { ...formWith('nobody'), visibility: 'nobody' } as const;
  const failed = { kind: 'failed', failure: 'disconnected' } as const;
  const render = (visibility: Visibility | undefined, around: Partial<Surroundings> = {}) =>
    renderForm(messages, formWith(visibility), { ...surroundings(messages), ...around });
  return [
    ['the form before a choice', render(undefined, { current: undefined, numbers: undefined })],
    ...visibilities.map((visibility): [string, View] => [`the form: ${visibility}`, render(visibility)]),
    ['the form with a failure', render('nobody', { notice: messages.form.failureNotice(failed) })],
    [
      'the form with unusual numbers',
      render('contacts-except', { notice: messages.form.secondLook(examplePeople.slice(0, 2)) }),
    ],
    [
      'the form of another try',
      render('contacts-except', {
        notice: {
          text: messages.undo.tryingAgain(exampleEnded(failed), 1),
          submit: messages.form.buttons.save,
        },
      }),
    ],
    ['Saving…', renderSaving(messages, saved)],
    [
      'the last view',
      closingView(messages, saved, messages.form.savedText(saved, { kind: 'applied' }, 'C0EXAMPLE')),
    ],
    ['reading a change', closingView(messages, saved, messages.undo.readingChange)],
    ['an outdated form', outdatedView(messages)],
  ];
}

function formWith(visibility: Visibility | undefined): Form {
  return {
    setting: 'last-seen',
    place: { channel: 'C0EXAMPLE', replyUrl: 'https://hooks.slack.com/commands/example' },
    number: 'sales',
    visibility,
    hide: examplePeople.slice(0, 1).join('\n'),
    hidePicked: examplePeople.slice(1, 2),
    showAgainPicked: examplePeople.slice(2),
  };
}

/** As a team with several numbers sees it. */
function surroundings({ form }: Messages): Surroundings {
  return {
    numbers: ['sales', 'support'].map((name) => ({
      name,
      text: form.numberOption({ ...exampleNumber, label: name }, name),
    })),
    current: { number: exampleNumber, last: exampleEnded({ kind: 'applied' }) },
    hiddenNow: examplePeople,
    hasDefaultCountry: false,
    nameOf: () => 'Ana',
  };
}
