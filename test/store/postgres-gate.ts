import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';

/**
 * A way to PostgreSQL on which a commit can be lost: its answer (`answer-lost`), or it itself (`commit-lost`); or after
 * which PostgreSQL hears nothing more, not even that the connection is closed (`frozen`). Everything else passes.
 */
export async function openPostgresGate(target: string) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const gate = { mode: 'open' as 'open' | 'answer-lost' | 'commit-lost' | 'frozen', url: '' };
  const server = createServer((incoming) => {
    const outgoing = dial(Number(port), hostname);
    let isLost = false;
    incoming.on('data', (bytes) => {
      if (gate.mode !== 'open' && /^Q.{4}commit\0/s.test(bytes.toString('latin1'))) {
        isLost = true;
        if (gate.mode !== 'answer-lost') return;
      }
      outgoing.write(bytes);
    });
    outgoing.on('data', (bytes) => {
      if (!isLost) incoming.write(bytes);
    });
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          if (!(isLost && gate.mode === 'frozen')) for (const end of [incoming, outgoing]) end.destroy();
        });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const url = new URL(target);
  url.port = String(address.port);
  gate.url = url.href;
  return Object.assign(gate, {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}
