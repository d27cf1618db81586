import { startFakeSlack } from '../fakes/slack/fake-slack.ts';
import { startFakeZapi } from '../fakes/zapi/fake-zapi.ts';
import { faultSwitches } from './faults.ts';
import { readManifest } from './manifest.ts';
import { CLIENT_TOKEN, INSTANCE, SMALL_TALK, WORKSPACE, WORKSPACE_NAME } from './workspace.ts';
import type { World } from './world.ts';

/** Both fakes, seeded, without the bot. */
export async function startWorld(): Promise<{ world: World; close(): Promise<void> }> {
  const { botName, botScopes, commands } = await readManifest();
  let pretendedNow: number | undefined;
  const [slack, zapi] = await Promise.all([
    startFakeSlack({ workspace: { ...WORKSPACE, botScopes }, now: () => pretendedNow ?? Date.now() }),
    startFakeZapi({ clientToken: CLIENT_TOKEN, instances: [INSTANCE] }),
  ]);
  for (const { channel, person, minutesAgo, text } of SMALL_TALK) {
    pretendedNow = Date.now() - minutesAgo * 60_000;
    await slack.person(person).types(channel, text);
  }
  pretendedNow = undefined;

  return {
    world: {
      slack,
      zapi,
      instanceId: INSTANCE.instanceId,
      workspaceName: WORKSPACE_NAME,
      botName,
      commands,
      faultSwitches: faultSwitches(CLIENT_TOKEN),
    },
    async close() {
      await Promise.all([slack.close(), zapi.close()]);
    },
  };
}
