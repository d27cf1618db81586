import { openConnection } from '../load/connection.ts';
import { recordCalls } from '../load/form.ts';
import { command } from '../load/slack-requests.ts';
import type { Row } from '../row.ts';
import { setStage } from '../stage.ts';

/** What is asked of others until the form is on the screen. */
export const formCalls: Row = {
  name: 'form-calls',
  title: 'Calls until the form is on the screen, for somebody who is known',
  async run({ built }) {
    await using stage = await setStage(built);
    const calls = recordCalls(stage);
    const connection = await openConnection(stage.subject.port);
    await connection.send(command('', stage.slack).request);
    await stage.quiet();
    connection.close();
    const opening = calls.findIndex(({ line }) => line.endsWith('/views.open'));
    if (opening < 0) throw new Error('no form opened');
    const until = calls.slice(0, opening + 1);
    const count = (to: 'slack' | 'zapi', list = until) => list.filter((call) => call.to === to).length;
    const after = calls.slice(opening + 1);
    return {
      columns: ['calls', 'Slack', 'Z-API'],
      lines: [
        ['until the form is open', count('slack'), count('zapi')],
        ['afterwards', count('slack', after), count('zapi', after)],
      ],
      targets: [
        {
          what: 'calls to Slack until the form is open',
          measured: count('slack'),
          unit: 'calls',
          limit: { atMost: 1 },
          limitedBy: 'Something is asked of Slack before views.open.',
        },
        {
          what: 'calls to Z-API until the form is open',
          measured: count('zapi'),
          unit: 'calls',
          limit: { atMost: 0 },
          limitedBy: 'Something is asked of Z-API before views.open.',
        },
      ],
      notes: [],
    };
  },
};
