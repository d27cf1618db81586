import { until } from '../../test/until.ts';
import { openConnection } from '../load/connection.ts';
import { contactsOf, queries } from '../load/contacts.ts';
import { median, p99, rounded } from '../load/figures.ts';
import { viewOnWire } from '../load/form.ts';
import { command, interaction } from '../load/slack-requests.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';

/** Somebody types into the picker of contacts. */
export const contactSearch: Row = {
  name: 'contact-search',
  title: 'A letter is typed → people are offered, with 50,000 contacts',
  async run({ isQuick, built }) {
    const [count, rounds] = isQuick ? [5_000, 1] : [50_000, 5];
    await using stage = await setStage(built, { contacts: contactsOf(count) });
    const connection = await openConnection(stage.subject.port);
    await connection.send(command('', stage.slack).request);
    await stage.quiet();
    const search = async (query: string) => {
      const sentAtMs = performance.now();
      const { status, body } = await connection.send(suggestion(stage, query));
      const ms = performance.now() - sentAtMs;
      if (status !== 200) throw new Error(`a query was answered with ${status}`);
      return { ms, offered: (JSON.parse(body) as { options: unknown[] }).options.length };
    };
    // Of the last ones, there are fewer than are offered at once: they are there when everybody was read.
    const last = `${Math.floor((count - 1) / 1_000)}`;
    await until(async () => (await search(`gonçalves ${last}`)).offered >= 100, 'all contacts read', 60_000);
    const byName: number[] = [];
    const byNumber: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const query of queries) {
        const { ms, offered } = await search(query);
        if (offered === 0 && /^[\p{L}5]/u.test(query) && !query.startsWith('n'))
          throw new Error(`nobody was offered for “${query}”`);
        (/\d/.test(query) && !/[a-z]/.test(query) ? byNumber : byName).push(ms);
      }
    }
    connection.close();
    const all = [...byName, ...byNumber];
    const line = (name: string, values: number[]) => [
      name,
      values.length,
      rounded(median(values)),
      rounded(p99(values)),
      rounded(Math.max(...values)),
    ];
    return {
      columns: ['ms', 'queries', 'median', 'p99', 'slowest'],
      lines: [line('by name', byName), line('by number', byNumber), line('all', all)],
      targets: [
        {
          what: `p99 of a picker's answer, with ${count.toLocaleString('en')} contacts`,
          measured: p99(all),
          unit: 'ms',
          limit: { atMost: 30 },
          limitedBy:
            'Each query looks through every contact in memory, and an answer has up to a hundred options to build and to send.',
        },
      ],
      notes: [
        'Over signed HTTP, one query after another, as one person types. Nobody is remembered from letter to letter.',
      ],
    };
  },
};

function suggestion({ slack }: Stage, query: string): Buffer {
  const { id } = slack.shown();
  return interaction({
    type: 'block_suggestion',
    container: { type: 'view', view_id: id },
    block_id: 'hide-picked:main',
    action_id: 'contacts',
    value: query,
    view: viewOnWire(slack, {}),
  });
}
