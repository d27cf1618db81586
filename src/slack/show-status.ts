import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import { orUnreadable, whisper } from './whisper.ts';

/** All that is asked for is asked for at once, and what does not come in time is left out. */
const patienceMs = 4_000;

/** Tells one person what this bot last set, how many are on the list, and whether the phone is connected. */
export async function showStatus(flow: Flow, setting: SettingId, replyUrl: string): Promise<void> {
  await whisper(flow, replyUrl, await orUnreadable(flow, readStatus(flow, setting)));
}

async function readStatus(flow: Flow, setting: SettingId): Promise<string> {
  const { gateway, settings, ownNumber, instance } = flow;
  const [last, hidden, connected] = await Promise.all([
    settings.read(instance, setting),
    gateway.readHidden(setting, { timeoutMs: patienceMs }).then(
      (list) => list.length,
      () => undefined,
    ),
    gateway.readConnected().catch(() => undefined),
  ]);
  return flow.messages.history.statusText(setting, { last, own: ownNumber.known(), hidden, connected });
}
