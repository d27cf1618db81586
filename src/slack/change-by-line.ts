import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type PrivacyChange, parseChange } from '../privacy/change.ts';
import type { Promised } from '../privacy/change-applier.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { LastSet } from '../privacy/setting-memory.ts';
import type { SettingId } from '../privacy/settings.ts';
import { letsMoreSee } from '../privacy/visibility-order.ts';
import { checkWithGateway } from '../privacy/whatsapp-check.ts';
import { acceptChange, type NotTaken } from './accept-change.ts';
import { type Asked, numbersAsked } from './asked.ts';
import { readWords } from './command-words.ts';
import type { Flow } from './flow.ts';
import { canBeAsked, lineQuestion, readQuestion } from './line-question.ts';
import { acknowledgePress, askerOf, type Press, placeOf } from './press.ts';
import { namedNumber } from './refresh-form.ts';
import { orUnreadable, whisper } from './whisper.ts';

/** A change that was typed in one line: `/lastseen nobody`, `/lastseen except +55…`. */
type Line = Asked & { text: string; submissionId: string };

type Checked = {
  number: ManagedNumber;
  change: PrivacyChange;
  unusual: string[];
  lookedUp: boolean | undefined;
};

/** Nobody waits for the answer as Slack does for that of a form. */
const lookUpMs = 3_000;
/** What ends sooner needs no words but the message for the team. */
const patienceMs = 1_500;

/** Makes the change; where more people might see it then, or a number looks odd, asks first. */
export async function changeByLine(flow: Flow, line: Line): Promise<void> {
  const checked = await check(flow, line, 'command');
  if (typeof checked === 'string') return whisper(flow, line.replyUrl, checked);
  const { number, change, unusual } = checked;
  const last = await orUnreadable(flow, newest(flow, number, change.setting));
  const known: LastSet = typeof last === 'string' ? 'unread' : last;
  const doubts = { unusual, moreMaySee: letsMoreSee(change, known) };
  if (unusual.length === 0 && !doubts.moreMaySee) return make(flow, line, checked);
  const { setting, text, submissionId } = line;
  const asking = { setting, number: number.name, text, submissionId: `confirmed ${submissionId}` };
  if (!canBeAsked(asking)) return whisper(flow, line.replyUrl, flow.messages.line.tooLong);
  const question = flow.messages.line.question(change, { number: namedNumber(number), last: known, doubts });
  await whisper(flow, line.replyUrl, lineQuestion(flow.messages.line, question, asking));
}

/** What was set last; a change that is under way may still be made. */
async function newest(flow: Flow, { instance }: ManagedNumber, setting: SettingId): Promise<LastSet> {
  return (await flow.journal.newest({ instance, setting, underWay: true })) ?? 'never';
}

/** The question was answered with yes. What was typed is read again; pressed twice, it is one change. */
export async function confirmLine(flow: Flow, press: Press): Promise<void> {
  await acknowledgePress(flow, press);
  const { setting, number: on, text, submissionId } = readQuestion(press.action.value);
  const { replyUrl } = placeOf(press);
  const asker = askerOf(press);
  const line = { setting, text, on, asker, replyUrl, submissionId };
  if (flow.isStopping()) return whisper(flow, replyUrl, flow.messages.command.restarting);
  const checked = await check(flow, line, 'button');
  if (typeof checked === 'string') return whisper(flow, replyUrl, checked, true);
  const accepted = await accept(flow, line, checked);
  // What could not be recorded can be pressed again.
  if ('notTaken' in accepted) return whisper(flow, replyUrl, accepted.sentence);
  const { line: says } = flow.messages;
  await whisper(flow, replyUrl, says.making, true);
  if (await accepted.outcome) await whisper(flow, replyUrl, says.ended(accepted.entry.tellIn), true);
}

export async function cancelLine(flow: Flow, press: Press): Promise<void> {
  await acknowledgePress(flow, press);
  await whisper(flow, placeOf(press).replyUrl, flow.messages.line.cancelled, true);
}

/** The change, as it may be made; or the sentence that says why not. */
async function check(flow: Flow, line: Line, tried: 'command' | 'button'): Promise<Checked | string> {
  const { messages } = flow;
  const numbers = await numbersAsked(flow, line, tried, 0);
  if (typeof numbers === 'string') return numbers;
  const [number, ...more] = numbers;
  if (more.length > 0) return messages.line.whichNumber(numbers.map(({ name }) => name));
  const said = readWords(line.text, flow.defaultCountry);
  if (said.kind !== 'change') return messages.command.notUnderstood(line.setting, line.text);
  const parsed = parseChange(line.setting, said.asked, flow.defaultCountry);
  if (!parsed.ok) return messages.line.notTaken(messages.form.fieldError(line.setting, parsed.problems));
  const checked = await checkWithGateway(number.gateway, parsed, lookUpMs);
  const { change, isLookedUp, strangers, problems, wouldExceptNobody } = checked;
  if (strangers.length > 0) return messages.line.strangers(strangers);
  if (problems.length > 0) return messages.line.notTaken(messages.form.fieldError(line.setting, problems));
  if (wouldExceptNobody) return messages.line.notTaken(messages.form.nobodyExcepted);
  return { number, change, unusual: parsed.unusual, lookedUp: isLookedUp };
}

/** Says to the person what the message for the team does not. */
async function make(flow: Flow, line: Line, checked: Checked): Promise<void> {
  const { messages } = flow;
  const accepted = await accept(flow, line, checked);
  if ('notTaken' in accepted) return whisper(flow, line.replyUrl, accepted.sentence);
  const isEnded = await Promise.race([accepted.outcome, pause(patienceMs, undefined, { ref: false })]);
  if (!isEnded) return whisper(flow, line.replyUrl, messages.line.making);
  const { tellIn } = accepted.entry;
  if (tellIn !== line.asker.channel) await whisper(flow, line.replyUrl, messages.line.ended(tellIn));
}

function accept(
  flow: Flow,
  { asker, replyUrl, submissionId }: Line,
  { number, change, lookedUp }: Checked,
): Promise<Promised | NotTaken> {
  const id = submissionId || randomUUID();
  return acceptChange(flow, {
    submissionId: id,
    formId: id,
    instance: number.instance,
    change,
    by: asker.id,
    place: { channel: asker.channel, replyUrl },
    tellIn: number.auditChannel ?? asker.channel,
    lookedUp,
  });
}
