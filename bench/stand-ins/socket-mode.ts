import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';

/** Slack's side of Socket Mode, for one app. */
export type SocketModeStandIn = AsyncDisposable & {
  url: string;
  isConnected(): boolean;
  /** Resolves when the app has acknowledged it. */
  deliver(command: object): Promise<void>;
};

export async function startSocketMode(): Promise<SocketModeStandIn> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const waiting = new Map<string, () => void>();
  let app: WebSocket | undefined;
  let delivered = 0;
  server.on('connection', (socket) => {
    app = socket;
    socket.on('message', (data) => {
      const { envelope_id: id } = JSON.parse(String(data)) as { envelope_id: string };
      waiting.get(id)?.();
      waiting.delete(id);
    });
    socket.send(
      JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0BENCH' } }),
    );
  });
  return {
    url: `ws://127.0.0.1:${port}/`,
    isConnected: () => app !== undefined,
    deliver(payload) {
      const { promise, resolve } = Promise.withResolvers<void>();
      delivered += 1;
      const id = `envelope-${delivered}`;
      waiting.set(id, resolve);
      const envelope = { envelope_id: id, type: 'slash_commands', payload, accepts_response_payload: true };
      app?.send(JSON.stringify(envelope));
      return promise;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}
