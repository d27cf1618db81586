import type { Pool, PoolClient } from 'pg';
import { postgresFailure } from './postgres-failure.ts';
import { DatabaseFailure } from './store-failure.ts';
import { within } from './within.ts';

export type Answer = {
  command: string;
  rowCount: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: what a row holds is the caller's knowledge, as it is in `pg`.
  rows: any[];
};

/**
 * One connection for one piece of work, which has an end. Rejects with `DatabaseFailure`; after the end nothing is sent
 * any more.
 */
export type Session = {
  send(text: string, parameters?: readonly unknown[]): Promise<Answer>;
  /** The connection is closed at its release: what state it is in is not known. */
  giveUp(): void;
  release(): void;
};

/** A server that can't be written to for a while: its sessions stay so, others may not. */
const readOnly = '25006';

export async function openSession(pool: Pool, limitMs: number): Promise<Session> {
  const endsAtMs = performance.now() + limitMs;
  const client = await connect(pool, limitMs);
  let lost: string | undefined;
  const noteLoss = (error: unknown) => {
    lost ??= postgresFailure(error).code;
  };
  // Without it, a connection that breaks while nothing is asked of it ends the process.
  client.on('error', noteLoss);
  return {
    async send(text, parameters = []) {
      const leftMs = endsAtMs - performance.now();
      if (lost !== undefined) throw new DatabaseFailure(lost, false);
      if (leftMs <= 0) throw new DatabaseFailure('timeout', false);
      const answer = await within(leftMs, client.query(text, [...parameters])).catch((error: unknown) => {
        const failure = postgresFailure(error);
        if (failure.mayBeDone || failure.code === readOnly) lost ??= failure.code;
        throw failure;
      });
      if (answer) return answer.result;
      lost = 'timeout';
      throw new DatabaseFailure('timeout', true);
    },
    giveUp() {
      lost ??= 'given up';
    },
    release() {
      client.release(lost !== undefined);
      client.off('error', noteLoss);
    },
  };
}

async function connect(pool: Pool, limitMs: number): Promise<PoolClient> {
  const connecting = pool.connect();
  const connected = await within(limitMs, connecting).catch((error: unknown) => {
    throw new DatabaseFailure(postgresFailure(error).code, false);
  });
  if (connected) return connected.result;
  connecting.then(
    (client) => client.release(),
    () => undefined,
  );
  throw new DatabaseFailure('timeout', false);
}
