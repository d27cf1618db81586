import { type Demo, startDemo } from './start-demo.ts';

const USUAL_PORT = 4747;
const PORTS_TO_TRY = 20;

const demo = await start();
console.log(`The demo is at ${demo.url} (Ctrl+C ends it)`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    // A second signal ends at once.
    process.once(signal, () => process.exit(1));
    demo.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

/** A port that was asked for is taken at its word; the usual one gives way to the next free one. */
async function start(): Promise<Demo> {
  const logLevel = process.env.LOG_LEVEL ?? 'fatal';
  const asked = process.env.PORT;
  if (asked) {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      end(`PORT is ${asked}, which is no port number.`);
    return startDemo({ port, logLevel }).catch((error: unknown) =>
      isTaken(error)
        ? end(`Port ${port} is taken. Choose another one in PORT, or leave it out.`)
        : Promise.reject(error),
    );
  }
  for (let port = USUAL_PORT; port < USUAL_PORT + PORTS_TO_TRY; port += 1) {
    try {
      return await startDemo({ port, logLevel });
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  return end(`Ports ${USUAL_PORT} to ${USUAL_PORT + PORTS_TO_TRY - 1} are all taken. Choose one with PORT.`);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function end(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
