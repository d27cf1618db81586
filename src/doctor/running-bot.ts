import type { Config } from '../config.ts';
import { createHttp } from '../http.ts';

export type Address = { host: string; port: number };

const timeoutMs = 3_000;

/** Whether the bot answers on one of its own addresses: ready for changes, alive, or not at all. */
export async function findRunningBot(address: Address): Promise<'ready' | 'alive' | undefined> {
  if (!(await isWell(address, '/healthz'))) return undefined;
  return (await isWell(address, '/readyz')) ? 'ready' : 'alive';
}

/** Where the bot of these variables says how it is. */
export function healthAddresses({ health, slack: { connection } }: Config): Address[] {
  return [...(connection.mode === 'http' ? [connection] : []), ...(health ? [health] : [])].filter(
    ({ port }) => port !== 0,
  );
}

async function isWell({ host, port }: Address, path: string): Promise<boolean> {
  const http = createHttp(`http://${reachable(host)}:${port}`, {});
  try {
    const { status, text } = await http.send({ method: 'GET', path, timeoutMs });
    const answer: unknown = JSON.parse(text);
    return (
      status === 200 && typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true
    );
  } catch {
    return false;
  } finally {
    await http.close();
  }
}

/** Who listens on every address is found on the machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
