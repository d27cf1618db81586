import { expect, test } from '@jest/globals';
import { noMeter } from '../../src/privacy/meter.ts';
import { createFormUpdates } from '../../src/slack/form-updates.ts';
import { createWebApi } from '../../src/slack/web-api.ts';
import { createLogLines } from '../privacy/log-lines.ts';
import { quietPort } from '../process.ts';

test('an update of a form is not tried again once the bot is ending', async () => {
  const { log, lines } = createLogLines();
  const ending = new AbortController();
  const apiUrl = `http://127.0.0.1:${await quietPort()}/api/`;
  const client = createWebApi({ token: 'xoxb-1', apiUrl, timeoutMs: 1_000, meter: noMeter });
  const forms = createFormUpdates(client, log, ending.signal);
  const view = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } as const;
  const shown = forms.show({ viewId: 'V1', hash: undefined }, { ...view, blocks: [] }, () => true, 'change');
  ending.abort();
  await expect(shown).resolves.toBeUndefined();
  expect(lines).toEqual([
    { level: 'warn', event: 'form not updated', change: 'change', error: expect.any(String) },
  ]);
  await client.close();
});
