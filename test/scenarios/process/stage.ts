import { type BotProcess, quietPort, startProcess } from '../../process.ts';
import { postToBot } from '../../raw-requests.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import {
  ana,
  bruno,
  environmentOf,
  instanceId,
  type Mode,
  ownPhone,
  secrets,
  startSlack,
  startZapi,
} from '../../world.ts';

/** Both fakes and the variables for a bot between them; the process is started by the test. */
export async function startStage(
  mode: Mode,
  { now, program }: { now?: () => number; program?: string } = {},
) {
  const zapi = await startZapi();
  const slack = await startSlack({ ...(now && { now }) });
  const folder = await temporaryFolder();
  const port = await quietPort();
  const healthPort = await quietPort();
  if (mode === 'http') {
    slack.setDelivery({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
  }
  const env: Record<string, string> = {
    ...environmentOf({ mode, slack, zapi, port }),
    HEALTH_PORT: String(healthPort),
    DATA_DIR: folder.path,
  };
  const started: BotProcess[] = [];
  const hidden = [slack.botToken, slack.appToken, slack.signingSecret, ownPhone, ...Object.values(secrets)];
  /** Starts the process, with some variables changed. */
  async function start(changed: Record<string, string> = {}): Promise<BotProcess> {
    const bot = await startProcess({ env: { ...env, ...changed }, ...(program && { program }) });
    started.push(bot);
    return bot;
  }
  return {
    slack,
    zapi,
    ana: slack.person(ana),
    bruno: slack.person(bruno),
    account: zapi.account(instanceId),
    /** Where every process of this stage keeps its journal. */
    dataDir: folder.path,
    env,
    /** Requests that changed, or tried to change, last seen. */
    changes: () => zapi.requests.filter(({ path }) => path.endsWith('/privacy/last-seen')),
    /** Where /healthz and /readyz are: on a server of their own, and in HTTP mode beside Slack's requests. */
    healthUrls: [healthPort, ...(mode === 'http' ? [port] : [])].map((at) => `http://127.0.0.1:${at}`),
    /** Sends the bot a payload of Slack's in HTTP mode, signed; the status that it answers. */
    async deliver(payload: Record<string, unknown>): Promise<number> {
      const at = { slack, requestUrl: `http://127.0.0.1:${port}/slack/events` };
      return (await postToBot(at, { payload: JSON.stringify(payload) })).status;
    },
    start,
    /** Starts the process and waits until commands can come in. */
    async startReady(changed: Record<string, string> = {}) {
      const bot = await start(changed);
      await bot.says('"ready"');
      return bot;
    },
    /** Closes the fakes. Rejects where a process wrote something secret. */
    async [Symbol.asyncDispose]() {
      await slack.close();
      await zapi.close();
      await folder[Symbol.asyncDispose]();
      const written = started.map((bot) => bot.stdout() + bot.stderr()).join('\n');
      if (hidden.some((secret) => written.includes(secret))) throw new Error('the process wrote a secret');
    },
  };
}
