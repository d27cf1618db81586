import { once } from 'node:events';
import { WebSocket } from 'ws';

/** Looks into a process that runs with `--inspect`. */
export type Inspector = Disposable & {
  /** What is still in use after everything that is not was thrown away, in bytes. */
  liveHeap(): Promise<number>;
};

export async function inspect(port: number): Promise<Inspector> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  if (!target) throw new Error('nothing to look into');
  const socket = new WebSocket(target.webSocketDebuggerUrl, { perMessageDeflate: false });
  await once(socket, 'open');
  const waiting = new Map<number, PromiseWithResolvers<Record<string, number>>>();
  let lastId = 0;
  socket.on('message', (data) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: Record<string, number> };
    waiting.get(id)?.resolve(result);
    waiting.delete(id);
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the process is gone'));
  });

  function call(method: string): Promise<Record<string, number>> {
    lastId += 1;
    const answer = Promise.withResolvers<Record<string, number>>();
    waiting.set(lastId, answer);
    socket.send(JSON.stringify({ id: lastId, method }));
    return answer.promise;
  }

  return {
    async liveHeap() {
      await call('HeapProfiler.collectGarbage');
      return (await call('Runtime.getHeapUsage')).usedSize ?? 0;
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}
