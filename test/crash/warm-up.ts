import { temporaryFolder } from '../temporary-folder.ts';
import { startCrashStage } from './crash-stage.ts';

/** Lets one bot start and stop in good order, so that its compiled code lies ready for the hundreds that follow. */
export async function warmUp(): Promise<{ env: Record<string, string> } & AsyncDisposable> {
  const cache = await temporaryFolder();
  const env = { NODE_COMPILE_CACHE: cache.path };
  await using folder = await temporaryFolder();
  await using stage = await startCrashStage({
    name: 'warm-up',
    mode: 'socket',
    where: { dataDir: folder.path },
    env,
  });
  const bot = await stage.slots[0]?.startReady();
  bot?.kill('SIGTERM');
  await bot?.exited;
  return { env, [Symbol.asyncDispose]: () => cache[Symbol.asyncDispose]() };
}
