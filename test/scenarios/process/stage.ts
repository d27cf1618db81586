import { type BotProcess, quietPort, startProcess } from '../../process.ts';
import { ana, environmentOf, type Mode, ownPhone, secrets, startSlack, startZapi } from '../../world.ts';

/** Both fakes and the variables for a bot between them; the process is started by the test. */
export async function startStage(mode: Mode) {
  const zapi = await startZapi();
  const slack = await startSlack();
  const port = await quietPort();
  const healthPort = await quietPort();
  if (mode === 'http') {
    slack.setDelivery({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
  }
  const env: Record<string, string> = {
    ...environmentOf({ mode, slack, zapi, port }),
    HEALTH_PORT: String(healthPort),
  };
  const started: BotProcess[] = [];
  const hidden = [slack.botToken, slack.appToken, slack.signingSecret, ownPhone, ...Object.values(secrets)];
  /** Starts the process, with some variables changed. */
  async function start(changed: Record<string, string> = {}): Promise<BotProcess> {
    const bot = await startProcess({ env: { ...env, ...changed } });
    started.push(bot);
    return bot;
  }
  return {
    slack,
    zapi,
    ana: slack.person(ana),
    env,
    /** Where /healthz and /readyz are: on a server of their own, and in HTTP mode beside Slack's requests. */
    healthUrls: [healthPort, ...(mode === 'http' ? [port] : [])].map((at) => `http://127.0.0.1:${at}`),
    start,
    /** Starts the process and waits until commands can come in. */
    async startReady() {
      const bot = await start();
      await bot.says('"ready"');
      return bot;
    },
    /** Closes the fakes. Rejects where a process wrote something secret. */
    async [Symbol.asyncDispose]() {
      await slack.close();
      await zapi.close();
      const written = started.map((bot) => bot.stdout() + bot.stderr()).join('\n');
      if (hidden.some((secret) => written.includes(secret))) throw new Error('the process wrote a secret');
    },
  };
}
