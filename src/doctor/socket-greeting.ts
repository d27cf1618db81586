const timeoutMs = 5_000;
const closeTimeoutMs = 500;

/** Opens a WebSocket of Slack's, waits for `hello` and closes it. Undefined where no greeting came. */
export async function greetingOf(url: string): Promise<{ appId: string | undefined } | undefined> {
  let socket: WebSocket;
  try {
    socket = new WebSocket(url);
  } catch {
    return undefined;
  }
  const greeted = Promise.withResolvers<{ appId: string | undefined } | undefined>();
  const closed = Promise.withResolvers<void>();
  const overdue = setTimeout(() => greeted.resolve(undefined), timeoutMs);
  socket.addEventListener('message', ({ data }) => {
    const hello = helloIn(data);
    if (hello) greeted.resolve(hello);
  });
  socket.addEventListener('close', () => {
    greeted.resolve(undefined);
    closed.resolve();
  });
  const greeting = await greeted.promise;
  clearTimeout(overdue);
  socket.close();
  const given = setTimeout(closed.resolve, closeTimeoutMs);
  await closed.promise;
  clearTimeout(given);
  return greeting;
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode: the first message names the app. */
function helloIn(data: unknown): { appId: string | undefined } | undefined {
  try {
    const { type, connection_info: info } = JSON.parse(String(data));
    return type === 'hello'
      ? { appId: typeof info?.app_id === 'string' ? info.app_id : undefined }
      : undefined;
  } catch {
    return undefined;
  }
}
