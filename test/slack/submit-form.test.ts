import { expect, test } from '@jest/globals';
import { noMeter } from '../../src/privacy/meter.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { submitForm } from '../../src/slack/submit-form.ts';

test('a Save that breaks before it is recorded says so at its field, and does not close the form as if all went well', async () => {
  const events: string[] = [];
  const write = (_fields: object, event: string) => void events.push(event);
  const flow = {
    messages: messagesIn('en'),
    meter: noMeter,
    log: { info: write, warn: write, error: write },
    forms: { submitted: () => ({ isLatest: () => true, settled() {} }) },
    applier: {
      async promisedTo() {
        throw new TypeError('something nobody foresaw');
      },
    },
    numbers: [],
  };
  const view = { id: 'V1', private_metadata: '', blocks: [], state: { values: {} } };
  const body = { trigger_id: '1.2.3', user: { id: 'U0ANA' }, view };
  const answers: unknown[] = [];
  const ack = async (answer?: unknown) => void answers.push(answer);
  await submitForm(flow as never, { body, ack } as never);
  const [answer] = answers as { response_action: string; errors: Record<string, string> }[];
  expect(answers).toHaveLength(1);
  expect(answer?.response_action).toBe('errors');
  expect(Object.values(answer?.errors ?? {})).toEqual([
    expect.stringMatching(/The setting was not changed by it\..*this reference: \w{6}/s),
  ]);
  expect(events).toContain('unexpected error');
});
