import type { PostgresServer } from '../postgres-server.ts';
import { until } from '../until.ts';

/** Ends the server with SIGKILL, its children with it, and starts it again: it recovers from its log. */
export async function crashDatabase(server: PostgresServer): Promise<void> {
  await server.kill();
  // It does not start while a child of the old one is still about to end.
  await succeeds(() => server.start(), 'the database up again');
}

/** Lets a frozen server go on. */
export async function thawDatabase(server: PostgresServer): Promise<void> {
  // A child that ends in the middle of it makes it fail; what goes on already goes on.
  await succeeds(async () => server.resume(), 'the database going on');
}

async function succeeds(work: () => Promise<void>, what: string): Promise<void> {
  const tried = () =>
    work().then(
      () => true,
      () => false,
    );
  await until(tried, what, 30_000);
}
