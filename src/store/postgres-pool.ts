import { Socket } from 'node:net';
import pg from 'pg';
import { within } from './within.ts';

/** `close` waits a while for what is under way, and then closes every connection, whatever the server does. */
export type PostgresPool = { pool: pg.Pool; close(): Promise<void> };

const mostConnections = 10;
const connectTimeoutMs = 2_000;
/** Longer than anything but a migration takes. */
const closeTimeoutMs = 5_500;
/** PostgreSQL's type of 64-bit integers, which `pg` gives as text: the journal's are times and counts, far below 2^53. */
const int8 = 20;

export function createPool(databaseUrl: string): PostgresPool {
  const sockets = new Set<Socket>();
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'lastseen-bot',
    max: mostConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: {
      getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)),
    },
    stream() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
  });
  // An idle connection that breaks leaves the pool by itself. Without a listener it would end the process.
  pool.on('error', () => undefined);
  // Between the pool's listener on a new connection and the session's there is a moment without one.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    async close() {
      await within(closeTimeoutMs, pool.end());
      // A server that hangs answers no goodbye.
      for (const socket of sockets) socket.destroy();
    },
  };
}
