import { ownPhone, saidIn, secrets, type World, workspace } from './world.ts';

/**
 * What the bot said or logged that it must not: a token or a response_url anywhere, a whole phone number in a log or in
 * a message. Looked for at the end of every scenario.
 */
export function givenAway(world: World): string[] {
  const { slack, zapi, logs } = world;
  const log = logs.join('\n');
  // The form's private_metadata is the bot's memory, which nobody sees.
  const said = JSON.stringify(slack.calls.map(({ body }) => body)).replace(
    /"private_metadata":"(?:[^"\\]|\\.)*"/g,
    '',
  );
  const messages = [...slack.channels.map(({ id }) => id), ...slack.users.map(({ id }) => `D0${id}`)]
    .flatMap((channel) => slack.messages(channel))
    .filter(({ via }) => via !== 'person')
    .map(saidIn)
    .join('\n');
  const hidden = {
    'the instance token': secrets.instanceToken,
    'the Client-Token': secrets.clientToken,
    'the bot token': slack.botToken,
    'the app token': slack.appToken,
    'the signing secret': slack.signingSecret,
    'a response_url': `/commands/${workspace.teamId}/`,
    'the address of Z-API': zapi.url,
  };
  const secret = Object.entries(hidden).flatMap(([name, value]) => [
    ...(log.includes(value) ? [`${name} in its log`] : []),
    ...(said.includes(value) ? [`${name} to Slack`] : []),
  ]);
  const phones = [
    ownPhone,
    ...world.account.disallowed,
    ...(JSON.stringify(world.changes().map(({ body }) => body)).match(/\d{8,15}/g) ?? []),
  ].filter((phone) => /^\d+$/.test(phone));
  const whole = phones.flatMap((phone) => [
    ...(digitsRunTogether(log).includes(phone.slice(-8)) ? [`${phone} in its log`] : []),
    ...(digitsRunTogether(messages).includes(phone.slice(-8)) ? [`${phone} in a message`] : []),
  ]);
  return [...new Set([...secret, ...whole])];
}

/** `+55 11 98765-4321` and `5511987654321` are the same secret. */
function digitsRunTogether(text: string): string {
  return text.replace(/(?<=\d)[\s().-]+(?=\d)/g, '');
}
