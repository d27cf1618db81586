import { until } from '../test/until.ts';
import { appToken } from './load/slack-requests.ts';
import { type Launch, type Subject, startSubject } from './load/subject.ts';
import { type SlackStandIn, startSlack } from './stand-ins/slack.ts';
import type { SocketModeStandIn } from './stand-ins/socket-mode.ts';
import type { StandIn } from './stand-ins/stand-in.ts';
import { startZapi } from './stand-ins/zapi.ts';
import { environment } from './subjects.ts';

/** A subject between a Slack and a Z-API of its own, so that nobody's calls are counted for another. */
export type Stage = {
  subject: Subject;
  slack: SlackStandIn;
  zapi: StandIn;
  /** Resolves when neither stand-in was called for a while: what an answer leaves behind is done. */
  quiet(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const quietMs = 150;

export async function setStage(
  launch: Launch,
  {
    env = {},
    contacts = [],
    tellsMemory = false,
    isDiskless = false,
    socket,
  }: {
    env?: Record<string, string>;
    contacts?: { phone: string; name: string }[];
    tellsMemory?: boolean;
    isDiskless?: boolean;
    /** Socket Mode in place of HTTP. */
    socket?: SocketModeStandIn;
  } = {},
): Promise<Stage> {
  await using stack = new AsyncDisposableStack();
  const slack = stack.use(await startSlack());
  const zapi = stack.use(await startZapi({ contacts }));
  if (socket) slack.socketUrl = socket.url;
  const socketMode = socket && { SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: appToken };
  const isReady = socket && (() => until(() => socket.isConnected(), `${launch.name} connected`, 30_000));
  const subject = stack.use(
    await startSubject(
      launch,
      { ...environment({ slack, zapi }), ...socketMode, ...env },
      { tellsMemory, isDiskless, ...(isReady && { isReady }) },
    ),
  );
  const started = stack.move();
  const stage: Stage = {
    subject,
    slack,
    zapi,
    async quiet() {
      let before = -1;
      let sinceMs = 0;
      await until(
        () => {
          const now = slack.received() + zapi.received();
          if (now !== before) [before, sinceMs] = [now, performance.now()];
          return performance.now() - sinceMs > quietMs;
        },
        `${launch.name} quiet`,
        30_000,
      );
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
  await stage.quiet();
  return stage;
}
