import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Envelope } from '../../fakes/slack/delivery.ts';
import { saveChange } from '../save-change.ts';
import { ana, modes, publicChannel, toldIn, type World } from '../world.ts';
import { type Mutation, mutated, mutations } from './mutations.ts';
import { runs, timeoutMs } from './runs.ts';
import { inHostileWorld, listed, truePayloads, typed } from './true-payloads.ts';
import { writtenChanges } from './written-changes.ts';

const named = [...listed, ...typed, '5531988880000'].map((phone) => phone.replace(/\D/g, ''));

/** The same payload as if it came for the first time: what came before is answered as it was. */
function afresh({ type, payload }: Envelope, run: number): Envelope {
  const view = payload.view as object | undefined;
  return {
    type,
    payload: {
      ...payload,
      ...('trigger_id' in payload && { trigger_id: `${run}.1.1` }),
      ...(view && { view: { ...view, id: `V${run}` } }),
    },
  };
}

/** Bolt gave up on it and logged that: in Socket Mode, which can say no to nothing, Slack is left to say it. */
function refusals({ logs }: World): number {
  return logs.filter((line) => line.includes('error occurred')).length;
}

async function answerTo(world: World, envelope: Envelope): Promise<Answer | 'refused'> {
  const before = refusals(world);
  const { promise: refused, resolve } = Promise.withResolvers<'refused'>();
  const look = setInterval(() => refusals(world) > before && resolve('refused'), 5);
  try {
    return await Promise.race([world.slack.deliver(envelope), refused]);
  } finally {
    clearInterval(look);
  }
}

describe.each(modes)('whatever a payload holds, in %s mode', (mode) => {
  test(
    'it is answered, changes nothing that was not asked for by who may, and leaves the bot as it was',
    () =>
      inHostileWorld(mode, async (world) => {
        const payloads = await truePayloads(world);
        let run = 0;
        const holds = async (at: number, wrongs: Mutation[]) => {
          run += 1;
          const { type, payload } = afresh(payloads[at % payloads.length] as Envelope, run);
          const answer = await answerTo(world, { type, payload: mutated(payload, wrongs) });
          if (answer !== 'refused' && answer.kind === 'failed')
            expect(answer.error).toMatch(/http_service_error|http_client_error/);
        };
        await fc.assert(fc.asyncProperty(fc.nat(1_000), mutations, holds), runs(250));
        await expectAsBefore(world);
      }),
    timeoutMs,
  );
});

/** A change can be made and told; none was made by anybody else, nor for anybody else. */
async function expectAsBefore(world: World): Promise<void> {
  expect((await fetch(world.readyUrl)).status).toBe(200);
  const before = toldIn(world, publicChannel).length;
  await saveChange(world, { option: 'Nobody' });
  await world.slack.until(() => toldIn(world, publicChannel).length > before, 'a change told', 20_000);
  const written = writtenChanges(world);
  expect(written.filter(({ by }) => by !== ana)).toEqual([]);
  expect(written.flatMap(({ numbers }) => numbers).filter((phone) => !named.includes(phone))).toEqual([]);
}
