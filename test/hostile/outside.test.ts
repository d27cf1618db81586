import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readConfig, variables } from '../../src/config.ts';
import { variablesOf } from '../../src/config-numbers.ts';
import { changeColumns, historyFormats } from '../../src/history-formats.ts';
import { GatewayError, StoreError } from '../../src/privacy/ports.ts';
import { entryOf } from '../../src/store/journal-row.ts';
import { credentials, startWithServer } from '../gateways/zapi-server.ts';
import { exceptChange, someEnded } from '../privacy/some-changes.ts';
import { oddJson, oddTexts, oddValues } from './odd-values.ts';
import { always, runs, timeoutMs } from './runs.ts';

describe('whatever Z-API answers', () => {
  /** Not to be found in any sentence by chance. */
  const marked = (text: string) => `§REPLY§${text}`;
  const rows = fc.array(
    fc.record(
      {
        phone: oddValues,
        name: oddValues,
        notify: oddValues,
        exists: oddValues,
        inputPhone: oddValues,
        lid: oddValues,
      },
      { requiredKeys: [] },
    ),
    { maxLength: 5 },
  );
  const bodies = fc.oneof(
    oddTexts.map(marked),
    oddTexts.map((text) => ({ error: marked(text), message: marked(text) })),
    oddJson,
    rows,
    fc.record(
      {
        disallowedContacts: oddValues,
        connected: oddValues,
        phone: oddValues,
        name: oddValues,
        success: oddValues,
      },
      { requiredKeys: [] },
    ),
    fc.constantFrom('client-token is not configured', 'Instance not found', 'NOT_FOUND'),
  );
  /** None that is tried again, which takes its time. */
  const statuses = fc.constantFrom(200, 201, 204, 301, 400, 401, 403, 404, 405, 408, 415, 418);

  test(
    'a call ends with a value, or with an error that holds nothing of the answer',
    async () => {
      let answer: { status: number; body: unknown } = { status: 200, body: '' };
      await using server = await startWithServer(({ url }) =>
        url.includes('/status') ? { body: { connected: true } } : answer,
      );
      const { gateway } = server;
      const calls = [
        () => gateway.readHidden('last-seen'),
        () => gateway.readOwnNumber(),
        () => gateway.lookUp(['5511987654321'] as never),
        () => gateway.apply({ setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] }),
        async () => {
          for await (const page of gateway.readContacts())
            expect(page.every(({ phone }) => /^\d{5,15}$/.test(phone))).toBe(true);
        },
      ];
      await fc.assert(
        fc.asyncProperty(statuses, bodies, fc.nat(calls.length - 1), async (status, body, at) => {
          answer = { status, body };
          try {
            await calls[at]?.();
          } catch (error) {
            expect(error).toBeInstanceOf(GatewayError);
            const { message, stack, detail, cause } = error as GatewayError;
            const said = [message, stack, detail, cause].join('\n');
            for (const secret of ['§REPLY§', ...Object.values(credentials)])
              expect(said).not.toContain(secret);
          }
        }),
        runs<[number, unknown, number]>(120),
      );
    },
    timeoutMs,
  );
});

describe('whatever the environment holds', () => {
  const names = fc.constantFrom(
    ...variables,
    ...variablesOf('sales'),
    ...variablesOf('support'),
    'ZAPI_SALES_ALLOWED',
    '__proto__',
  );
  const good: Record<string, string> = {
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    ZAPI_INSTANCE_ID: 'i',
    ZAPI_INSTANCE_TOKEN: 't',
    ZAPI_CLIENT_TOKEN: 'c',
  };
  const values = fc.oneof(
    oddTexts,
    fc.constantFrom(
      'sales,support',
      'sales',
      'U0ANA',
      'C0OPS',
      '15 min',
      '1e9',
      '00',
      '99999',
      'BR',
      'postgres://u:p@h/d',
      'xoxp-1',
      'https://x.test',
    ),
  );
  test('it is a configuration, or problems that hold nothing of it', () => {
    always(fc.dictionary(names, values, { maxKeys: 12 }), 200, (odd) => {
      const marked = Object.fromEntries(
        Object.entries(odd).map(([name, value]) => [name, value === '' ? '' : `${value}§`]),
      );
      for (const env of [odd, { ...good, ...odd }, { ...good, ...marked }]) {
        const read = readConfig(env);
        if (read.ok) {
          expect(read.config.numbers.length).toBeGreaterThan(0);
          expect(read.config.changeMaxAgeMs).toBeGreaterThan(0);
          expect(Number.isInteger(read.config.historyDays)).toBe(true);
        } else {
          expect(read.problems).not.toEqual([]);
          expect(JSON.stringify(read.problems)).not.toContain('§');
        }
      }
    });
  });
});

describe('whatever a row of the journal holds', () => {
  const row = {
    id: '0d2fh7k3mabc',
    instance: 'i',
    setting: 'last-seen',
    visibility: 'nobody',
    hide: '[]',
    show_again: '[]',
    hide_count: 0,
    show_again_count: 0,
    by_user: 'U0ANA',
    channel: 'C',
    reply_url: '',
    tell_in: 'C',
    undoes: null,
    looked_up: null,
    accepted_at_ms: 1,
    real_changes: null,
    ended_at_ms: null,
    told: null,
    told_at_ms: null,
    outcome: null,
    failure: null,
    proof: null,
    not_taken: null,
    not_on_the_list: null,
  };
  test('it is a change, or unreadable', () => {
    expect(entryOf(row as never)).toMatchObject({ by: 'U0ANA' });
    const odd = fc.dictionary(
      fc.constantFrom(...Object.keys(row)),
      fc.oneof(
        oddValues,
        oddJson.map((value) => JSON.stringify(value)),
      ),
      { maxKeys: 4 },
    );
    always(odd, 500, (fields) => {
      try {
        const { acceptedAt, change } = entryOf({ ...row, ...fields } as never);
        expect(acceptedAt.toISOString()).toMatch(/Z$/);
        expect([...change.hide, ...change.showAgain].every((entry) => typeof entry === 'string')).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
      }
    });
  });
});

describe('whatever the history holds', () => {
  /** Cells as a reader of RFC 4180 has them. */
  function cellsOf(csv: string): string[] {
    return [...csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?:,|\r\n)/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    );
  }

  test('no cell of the export is a formula, and there are as many as there are columns', async () => {
    const entries = fc.tuple(oddTexts, oddTexts, fc.array(oddTexts, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(entries, async ([by, instance, hide]) => {
        async function* portions() {
          yield [someEnded({ by, instance, change: exceptChange(hide) })];
        }
        let csv = '';
        for await (const piece of historyFormats.csv(portions(), changeColumns)) csv += piece;
        const cells = cellsOf(csv);
        expect(cells.length).toBe(2 * Object.keys(changeColumns).length);
        expect(cells.filter((cell) => /^[\s\p{Cf}\0]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
        let json = '';
        for await (const piece of historyFormats.json(portions(), changeColumns)) json += piece;
        expect(JSON.parse(json)).toEqual([expect.objectContaining({ by, instance, hide })]);
      }),
      runs<[[string, string, string[]]]>(200),
    );
  });
});
