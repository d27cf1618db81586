import type { HealthRoute } from '../src/health.ts';

/** Makes its own server fail, as one does that has no room for a connection. */
export const failingRoute: HealthRoute = {
  path: '/fail',
  method: 'GET',
  handler({ socket }, response) {
    const { server } = socket as unknown as { server: NodeJS.EventEmitter };
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    response.end('failed');
  },
};
