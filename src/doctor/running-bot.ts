import type { Config } from '../config.ts';

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
  try {
    const response = await fetch(`http://${reachable(host)}:${port}${path}`, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: unknown = await response.json();
    return (
      response.ok && typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true
    );
  } catch {
    return false;
  }
}

/** Who listens on every address is found on the machine's own. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
