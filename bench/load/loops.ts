import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, openConnection, type Reply } from './connection.ts';

export type Answered = { sentAtMs: number; ms: number; reply: Reply };

/**
 * Each connection sends its next request when the last one was answered, and what it brings about is `done`, until the time
 * is over or `next` has no more.
 */
export async function closedLoop(
  { port, connections }: { port: number; connections: number },
  {
    forMs,
    next,
    done = async () => undefined,
  }: { forMs: number; next: () => Buffer | undefined; done?: () => Promise<void> },
): Promise<{ count: number; startedAtMs: number; endedAtMs: number; latenciesMs: number[] }> {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const latenciesMs: number[] = [];
  const startedAtMs = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (performance.now() - startedAtMs < forMs) {
        const request = next();
        if (!request) return;
        const sentAtMs = performance.now();
        expectOk(await connection.send(request));
        latenciesMs.push(performance.now() - sentAtMs);
        await done();
      }
    }),
  );
  const endedAtMs = performance.now();
  for (const connection of open) connection.close();
  return { count: latenciesMs.length, startedAtMs, endedAtMs, latenciesMs };
}

/**
 * Sends at a fixed rate, whatever the answers do: a request that finds no free connection gets a new one, so that a slow
 * answer holds up no later request and no wait is left out of the latencies.
 */
export async function openLoop(
  port: number,
  {
    perSecond,
    count,
    next,
    onSent,
  }: {
    perSecond: number;
    count: number;
    next: (index: number) => Buffer;
    onSent?: (index: number, atMs: number) => void;
  },
): Promise<number[]> {
  const free: Connection[] = await Promise.all(Array.from({ length: 4 }, () => openConnection(port)));
  const latenciesMs: number[] = [];
  const underWay: Promise<void>[] = [];
  const startedAtMs = performance.now();

  async function sendOne(index: number): Promise<void> {
    let connection = free.pop();
    while (connection && !connection.isOpen()) connection = free.pop();
    connection ??= await openConnection(port);
    const request = next(index);
    const sentAtMs = performance.now();
    onSent?.(index, sentAtMs);
    expectOk(await connection.send(request));
    latenciesMs.push(performance.now() - sentAtMs);
    free.push(connection);
  }

  for (let index = 0; index < count; index += 1) {
    const waitMs = startedAtMs + (index * 1000) / perSecond - performance.now();
    if (waitMs > 0) await pause(waitMs);
    underWay.push(sendOne(index));
  }
  await Promise.all(underWay);
  for (const connection of free) connection.close();
  return latenciesMs;
}

/** A bench of errors is no bench. */
function expectOk({ status, body }: Reply): void {
  if (status !== 200) throw new Error(`answered ${status}: ${body.slice(0, 200)}`);
}
