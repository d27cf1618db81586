import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Config } from '../config.ts';
import { codeOf } from './code-of.ts';
import { type Finding, ok, toDo } from './finding.ts';
import { type Address, findRunningBot } from './running-bot.ts';

type NamedAddress = Address & { portVariable: string; hostVariable: string };

/** Whether the bot can listen where it is to, or does so already. */
export async function checkPorts(config: Config): Promise<Finding[]> {
  return Promise.all(addressesOf(config).map(checkPort));
}

function addressesOf({ slack: { connection }, health }: Config): NamedAddress[] {
  return [
    ...(connection.mode === 'http' ? [{ ...connection, portVariable: 'PORT', hostVariable: 'HOST' }] : []),
    ...(health ? [{ ...health, portVariable: 'HEALTH_PORT', hostVariable: 'HEALTH_HOST' }] : []),
  ];
}

async function checkPort({ port, host, portVariable, hostVariable }: NamedAddress): Promise<Finding> {
  const name = portVariable === 'PORT' ? 'port' : 'health-port';
  const running = port === 0 ? undefined : await findRunningBot({ port, host });
  if (running === 'ready') return ok(name, `The bot answers on port ${port}, and is ready for changes.`);
  if (running === 'alive')
    return toDo(
      name,
      `The bot runs and answers on port ${port}, but it takes no changes now: it is not connected to Slack, or its journal can't be written.`,
      'Look at /readyz there, and at its log.',
    );
  const code = await listen(port, host);
  switch (code) {
    case undefined:
      return ok(name, `Port ${port} is free for the bot.`);
    case 'EADDRINUSE':
      return toDo(
        name,
        `Port ${port}, in ${portVariable}, is in use, and whoever has it does not answer as the bot does.`,
        'Choose another one, or end that program.',
      );
    case 'EACCES':
      return toDo(
        name,
        `Port ${port}, in ${portVariable}, may not be used by this user.`,
        'Choose one above 1023.',
      );
    default:
      return toDo(
        name,
        `The address in ${hostVariable} is not one of this machine (${code}).`,
        'Leave it out, or name an address of this machine.',
      );
  }
}

/** Takes the port and gives it back at once; the system's code where it can't. */
async function listen(port: number, host: string): Promise<string | undefined> {
  const server = createServer().listen({ port, host });
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}
