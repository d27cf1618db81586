import { startFakeSlack } from '../fakes/slack/fake-slack.ts';
import { startFakeZapi } from '../fakes/zapi/fake-zapi.ts';
import { faultSwitches } from './faults.ts';
import { readManifest } from './manifest.ts';
import { ON_WHATSAPP, WHATSAPP_NUMBERS } from './whatsapp-numbers.ts';
import { CLIENT_TOKEN, SMALL_TALK, WORKSPACE, WORKSPACE_NAME } from './workspace.ts';
import type { World } from './world.ts';

/** Both fakes, seeded, without the bot. */
export async function startWorld(): Promise<{ world: World; close(): Promise<void> }> {
  const [english, portuguese] = await Promise.all([readManifest('en'), readManifest('pt-BR')]);
  let pretendedNow: number | undefined;
  const [slack, zapi] = await Promise.all([
    startFakeSlack({
      workspace: { ...WORKSPACE, botScopes: english.botScopes },
      now: () => pretendedNow ?? Date.now(),
    }),
    startFakeZapi({
      clientToken: CLIENT_TOKEN,
      // Copies: whoever starts a second world finds it as the first one was.
      instances: structuredClone(
        WHATSAPP_NUMBERS.map(({ instanceId, instanceToken, account }) => ({
          instanceId,
          instanceToken,
          account,
        })),
      ),
      whatsapp: structuredClone(ON_WHATSAPP),
    }),
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
      numbers: WHATSAPP_NUMBERS.map(({ account: _, ...number }) => number),
      workspaceName: WORKSPACE_NAME,
      words: { en: english, 'pt-BR': portuguese },
      bot: { locale: 'en', takesFewChanges: false },
      faultSwitches: faultSwitches(CLIENT_TOKEN),
    },
    async close() {
      await Promise.all([slack.close(), zapi.close()]);
    },
  };
}
