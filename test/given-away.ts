import { ownPhone, saidIn, secrets, type World, workspace } from './world.ts';

/** What is looked through. */
export type Seen = Pick<World, 'slack' | 'zapi' | 'logs' | 'account' | 'changes'>;

/**
 * What the bot said or logged that it must not: a token or a response_url anywhere, a whole phone number in a log or in
 * a message. Looked for at the end of every scenario.
 */
export function givenAway(world: Seen): string[] {
  const log = world.logs.join('\n');
  const digitsLogged = digitsRunTogether(log);
  const digitsSeen = digitsRunTogether(messagesOf(world).map(withoutPersonal).join('\n'));
  const whole = phonesOf(world).flatMap((phone) => [
    ...(digitsLogged.includes(phone.slice(-8)) ? [`${phone} in its log`] : []),
    ...(digitsSeen.includes(phone.slice(-8)) ? [`${phone} in a message`] : []),
  ]);
  return [...new Set([...secretsIn(world, log), ...whole, ...takenOut(world)])];
}

/** The log takes out what must not be in it. Nobody may count on that, except for Bolt's own lines. */
function takenOut({ logs }: Pick<World, 'logs'>): string[] {
  return logs
    .filter((line) => !line.includes('"from":"bolt"') && /\[(?:secret|token|address|digits)\]/.test(line))
    .map((line) => `to its log, which took it out: ${line}`);
}

function secretsIn({ slack, zapi }: Seen, log: string): string[] {
  // The form's private_metadata is the bot's memory, which nobody sees.
  const said = JSON.stringify(slack.calls.map(({ body }) => body)).replace(
    /"private_metadata":"(?:[^"\\]|\\.)*"/g,
    '',
  );
  const hidden = {
    'the instance token': secrets.instanceToken,
    'the Client-Token': secrets.clientToken,
    'the bot token': slack.botToken,
    'the app token': slack.appToken,
    'the signing secret': slack.signingSecret,
    'a response_url': `/commands/${workspace.teamId}/`,
    'a response_url of a button': `/actions/${workspace.teamId}/`,
    'the address of Z-API': zapi.url,
  };
  return Object.entries(hidden).flatMap(([name, value]) => [
    ...(log.includes(value) ? [`${name} in its log`] : []),
    ...(said.includes(value) ? [`${name} to Slack`] : []),
  ]);
}

type Said = { text: string; blocks: unknown[]; isForOne: boolean };

/** All that the bot said in channels: what stands there, and what stood there until it was replaced. */
function messagesOf({ slack }: Seen): Said[] {
  const standing = [...slack.channels.map(({ id }) => id), ...slack.users.map(({ id }) => `D0${id}`)]
    .flatMap((channel) => slack.messages(channel))
    .filter(({ via }) => via !== 'person')
    .map(({ text, blocks, visibleTo }) => ({ text, blocks, isForOne: visibleTo !== undefined }));
  const posted = slack.calls
    .filter(({ method }) => method === 'response_url')
    .map(({ body: { text, blocks, response_type } }) => ({
      text: String(text),
      blocks: Array.isArray(blocks) ? blocks : [],
      isForOne: response_type === 'ephemeral',
    }));
  return [...standing, ...posted];
}

/** How a message begins that shows one change in full, in every language. */
const inFull = '\\*(?:Change `\\w{12}` of last seen|Alteração `\\w{12}` do visto por último): ';

/**
 * A message without the numbers that one person may see in it, buttons and all: those of the one change that it shows in
 * full, and the bot's own in what it says of how things stand.
 */
function withoutPersonal({ text, blocks, isForOne }: Said): string {
  const whole = [saidIn({ text, blocks }), JSON.stringify(blocks)].join('\n');
  if (!isForOne) return whole;
  if (new RegExp(`^:\\w+: ${inFull}`).test(text) && changesIn(whole) === 1) return '';
  if (isQuestion(text)) return '';
  const own = /^\*(?:Last seen of|Visto por último do número) (?:[^*\n]*\()?(\+[\d -]+\d)[ *)]/m.exec(
    text,
  )?.[1];
  return own && own.replace(/\D/g, '') === ownPhone ? whole.replaceAll(own, '') : whole;
}

/** Before a change that was typed in one line the person is asked about all that it would do. */
function isQuestion(text: string): boolean {
  return /^(?:Who can see|Quem pode ver) .* → .*(?:Nothing was changed yet|Nada foi alterado ainda)\.$/m.test(
    text,
  );
}

/** How many changes a message shows in full: their first lines. */
function changesIn(said: string): number {
  return new Set(said.match(new RegExp(inFull, 'g'))).size;
}

function phonesOf(world: Seen): string[] {
  const sent = JSON.stringify(world.changes().map(({ body }) => body)).match(/\d{8,15}/g) ?? [];
  const phones = new Set([ownPhone, ...world.account.disallowed, ...sent]);
  return [...phones].filter((phone) => /^\d+$/.test(phone));
}

/** `+55 11 98765-4321` and `5511987654321` are the same secret. */
function digitsRunTogether(text: string): string {
  return text.replace(/(?<=\d)[\s().-]+(?=\d)/g, '');
}
