import { changeByLines } from '../load/form.ts';
import type { Row } from '../row.ts';
import { setStage } from '../stage.ts';

/** New TCP connections while changes are made. */
export const connections: Row = {
  name: 'connections',
  title: 'New TCP connections over 1,000 changes',
  async run({ isQuick, built }) {
    const count = isQuick ? 100 : 1_000;
    await using stage = await setStage(built, { isDiskless: true });
    const { slack, zapi } = stage;
    const before = { slack: slack.accepted(), zapi: zapi.accepted() };
    const startedAtMs = performance.now();
    await changeByLines(stage, [{ text: 'nobody' }], count);
    const tookMs = performance.now() - startedAtMs;
    await stage.quiet();
    const made = { slack: slack.accepted() - before.slack, zapi: zapi.accepted() - before.zapi };
    return {
      columns: ['', 'to Slack', 'to Z-API'],
      lines: [
        ['before the first change', before.slack, before.zapi],
        [`over ${count} changes`, made.slack, made.zapi],
      ],
      targets: [
        {
          what: `new connections over ${count} changes, to Slack and Z-API together`,
          measured: made.slack + made.zapi,
          unit: 'connections',
          limit: { atMost: 10 },
          limitedBy: 'A client opens connections anew, or more than one at a time.',
        },
      ],
      notes: [
        `Changes of one number by \`/lastseen nobody\`, each when the team was told of the one before: ${Math.round(tookMs / count)} ms each. Counted are the connections that the stand-ins accept, which never close one.`,
      ],
    };
  },
};
