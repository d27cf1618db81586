import { once } from 'node:events';
import type { Server } from 'node:http';

/**
 * Listens. Rejects where that can't be, such as where the port is taken. Errors of the server afterwards are handed to
 * `onError`: without a listener they would end the process.
 */
export async function listen(
  server: Server,
  address: { port: number; host: string },
  onError: (error: NodeJS.ErrnoException) => void,
): Promise<void> {
  server.listen(address);
  await once(server, 'listening');
  server.on('error', onError);
}
