import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';
import type { Log } from './privacy/ports.ts';

export type HealthRoute = {
  path: string;
  method: string;
  handler: (request: IncomingMessage, response: ServerResponse) => void;
};

/**
 * `/healthz`: the process is alive. `/readyz`: a change typed now would be taken; 503 with the reason while it would not.
 *
 * `readiness` resolves with what is missing, or undefined.
 */
export function healthRoutes(readiness: () => Promise<string | undefined>): HealthRoute[] {
  return [
    { path: '/healthz', method: 'GET', handler: (_request, response) => answer(response, true, 'alive') },
    {
      path: '/readyz',
      method: 'GET',
      handler: (_request, response) =>
        void readiness().then(
          (missing) => answer(response, missing === undefined, missing ?? 'ready'),
          () => answer(response, false, 'not ready'),
        ),
    },
  ];
}

function answer(response: ServerResponse, ok: boolean, status: string): void {
  response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok, status }));
}

/** `/metrics`, for Prometheus. `read` gives the page; 503 where it rejects. */
export function metricsRoute(read: () => Promise<{ contentType: string; text: string }>): HealthRoute {
  return {
    path: '/metrics',
    method: 'GET',
    handler: (_request, response) =>
      void read().then(
        ({ contentType, text }) => response.writeHead(200, { 'content-type': contentType }).end(text),
        () => response.writeHead(503).end(),
      ),
  };
}

/** Serves the routes on an address of their own. Rejects when the port is taken. */
export async function startHealthServer(
  { port, host }: { port: number; host: string },
  routes: HealthRoute[],
  log: Log,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const route = routes.find(
      ({ path, method }) => path === request.url?.split('?')[0] && method === request.method,
    );
    if (route) return route.handler(request, response);
    response.writeHead(404).end();
  });
  await listen(server, { port, host }, ({ code }) =>
    log.error({ detail: code }, 'a connection was not taken'),
  );
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
