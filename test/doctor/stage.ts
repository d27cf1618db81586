import { execFile } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkspaceSeed } from '../../fakes/slack/types.ts';
import { checksOf } from '../../src/doctor/checks.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { jsonReport } from '../../src/doctor/report.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { quietPort } from '../process.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { environmentOf, instanceId, type Mode, ownPhone, secrets, startSlack, startZapi } from '../world.ts';

const root = join(import.meta.dirname, '../..');

type RunOptions = { options?: string[]; uid?: number };
export type Examined = { code: number; stdout: string; stderr: string };

/** `npm run doctor -- …`, without npm, in an empty folder and with these variables alone. */
export async function runDoctor(
  env: Record<string, string>,
  { options = [], uid }: RunOptions = {},
): Promise<Examined> {
  await using folder = await temporaryFolder();
  await chmod(folder.path, 0o755);
  const node = join(root, 'node_modules/.bin/node');
  return await new Promise((resolve) => {
    execFile(
      node,
      [join(root, 'src/doctor.ts'), ...options],
      { cwd: folder.path, env, ...(uid !== undefined && { uid }) },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** What a report for scripts holds. */
export function foundIn(report: string) {
  const { ok, checks } = JSON.parse(report) as { ok: boolean; checks: Finding[] };
  return {
    ok,
    checks,
    /** What is found of one point; undefined where nothing is said of it. */
    find: (name: string) => checks.find((check) => check.name === name),
    toDo: checks.filter(({ status }) => status === 'to-do').map(({ name }) => name),
  };
}

/** Both fakes and the variables of a set-up between them. */
export async function startStage(
  mode: Mode,
  { now, ...seed }: { now?: () => number } & Pick<Partial<WorkspaceSeed>, 'botScopes' | 'userGroups'> = {},
) {
  const zapi = await startZapi();
  const slack = await startSlack({ ...seed, ...(now && { now }) });
  const folder = await temporaryFolder();
  const port = await quietPort();
  const env: Record<string, string> = {
    ...environmentOf({ mode, slack, zapi, port }),
    DATA_DIR: folder.path,
  };
  const hidden = [
    slack.botToken,
    slack.appToken,
    slack.signingSecret,
    ownPhone,
    ...Object.values(secrets),
    zapi.url,
  ];
  const said: string[] = [];
  return {
    slack,
    zapi,
    account: zapi.account(instanceId),
    dataDir: folder.path,
    port,
    env,
    /** The doctor as a process; with `uid`, as another user. */
    async run(
      changed: Record<string, string> = {},
      { options = [], uid }: RunOptions = {},
    ): Promise<Examined> {
      const result = await runDoctor({ ...env, ...changed }, { options, ...(uid !== undefined && { uid }) });
      said.push(result.stdout, result.stderr);
      return result;
    },
    /** What the doctor finds, in this process. */
    async examine(changed: Record<string, string> = {}) {
      const report = jsonReport(await runChecks(checksOf({ ...env, ...changed })));
      said.push(report);
      return foundIn(report);
    },
    /** Closes the fakes. Rejects where the doctor gave away something secret, or left something behind at Slack or Z-API. */
    async [Symbol.asyncDispose]() {
      const posted = slack.channels.flatMap(({ id }) => slack.messages(id)).length;
      const changed = zapi.requests.filter(({ method }) => method !== 'GET').length;
      const sockets = slack.connections();
      await slack.close();
      await zapi.close();
      await folder[Symbol.asyncDispose]();
      const all = said.join('\n');
      if (hidden.some((secret) => all.includes(secret))) throw new Error('the doctor wrote a secret');
      if (posted + changed + sockets > 0) throw new Error('the doctor left something behind');
    },
  };
}

export type Stage = Awaited<ReturnType<typeof startStage>>;
