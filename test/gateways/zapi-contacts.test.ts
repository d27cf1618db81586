import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { Contact as ZapiContact } from '../../fakes/zapi/types.ts';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import type { Contact, Gateway, GatewayErrorKind } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';
import { credentials, startWithServer } from './zapi-server.ts';

const ana = '5511987654321';
const bruno = '5521912345678';
const numberOf = (index: number) => String(5511900000000 + index);

/** So many people, the first of them with the number `first`. */
const people = (count: number, first = 0): ZapiContact[] =>
  Array.from({ length: count }, (_, index) => ({
    phone: numberOf(first + index),
    name: `P${first + index}`,
  }));

async function startWithFake(contacts: ZapiContact[], largestContactsPage?: number) {
  const { clientToken, instanceId, instanceToken } = credentials;
  const zapi = await startFakeZapi({
    clientToken,
    instances: [
      {
        instanceId,
        instanceToken,
        account: {
          phone: '5511940001000',
          name: 'Padaria Sol',
          lastSeen: 'ALL',
          disallowed: [],
          connected: true,
          contacts,
        },
      },
    ],
    ...(largestContactsPage && { largestContactsPage }),
  });
  const gateway = createZapiGateway({ apiUrl: zapi.url, ...credentials });
  return {
    zapi,
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await zapi.close();
    },
  };
}

async function allOf(pages: AsyncIterable<Contact[]>): Promise<Contact[][]> {
  const all: Contact[][] = [];
  for await (const page of pages) all.push(page);
  return all;
}

/** What is made of one page of such rows; a second page is empty. */
async function madeOf(rows: unknown[]): Promise<Contact[]> {
  await using server = await startWithServer(({ page }) => ({ body: page === 1 ? rows : [] }));
  return (await allOf(server.gateway.readContacts())).flat();
}

/** Takes the pages until it fails. */
async function readUntilFailure(gateway: Gateway, signal?: AbortSignal) {
  const pages: Contact[][] = [];
  try {
    for await (const page of gateway.readContacts(signal && { signal })) pages.push(page);
  } catch (failure) {
    return { pages, failure };
  }
  throw new Error('this was to fail');
}

describe('a page', () => {
  test('is asked for exactly as documented', async () => {
    await using server = await startWithServer(() => ({ body: [] }));
    await expect(allOf(server.gateway.readContacts())).resolves.toEqual([]);
    expect(server.asked).toMatchObject([
      {
        method: 'GET',
        url: '/instances/3C0FFEE/token/instance-secret/contacts?page=1&pageSize=100',
        headers: { 'client-token': 'client-secret', accept: 'application/json' },
        body: '',
      },
    ]);
  });

  test('is asked for when somebody wants it, not before', async () => {
    await using server = await startWithServer(() => ({ body: [] }));
    server.gateway.readContacts();
    await server.gateway.readConnected().catch(() => undefined);
    expect(server.asked.map(({ url }) => url.split('/').at(-1))).toEqual(['status']);
  });

  test('with the longest names is not too long', async () => {
    const name = '\u{1F600}'.repeat(100);
    const escaped = `"${'\\ud83d\\ude00'.repeat(100)}"`;
    const rows = people(100).map(
      ({ phone }) =>
        `{"phone":"${phone}","name":${escaped},"short":${escaped},"vname":${escaped},"notify":${escaped}}`,
    );
    await using server = await startWithServer(({ page }) => ({
      body: page === 1 ? `[${rows.join()}]` : '[]',
    }));
    const pages = await allOf(server.gateway.readContacts());
    expect(pages).toEqual([people(100).map(({ phone }) => ({ phone, savedName: name, ownName: name }))]);
  });
});

describe('a name', () => {
  const long = 'x'.repeat(200);
  test.each<[string, object, string | undefined, string | undefined]>([
    ['as saved', { name: 'Ana Souza', short: 'Ana', vname: 'A.', notify: 'aninha' }, 'Ana Souza', 'aninha'],
    ['in short', { short: 'Ana', vname: 'A.' }, 'Ana', undefined],
    ['of a card', { vname: 'A.' }, 'A.', undefined],
    ['of their own only', { notify: 'aninha' }, undefined, 'aninha'],
    ['of none', {}, undefined, undefined],
    ['of null', { name: null, short: null, vname: null, notify: null }, undefined, undefined],
    ['that is blank', { name: '', short: ' \t', vname: 'A.', notify: ' ' }, 'A.', undefined],
    ['that nobody can see', { name: '\u200b\u200e', short: 'Ana', notify: '\u2060' }, 'Ana', undefined],
    ['that is no text', { name: 7, short: {}, vname: ['A.'], notify: true }, undefined, undefined],
    ['with space around', { name: '  Ana  Souza\n', notify: '\taninha ' }, 'Ana Souza', 'aninha'],
    ['with lines and a zero', { name: 'Ana\r\nSouza', notify: 'ani\u0000nha' }, 'Ana Souza', 'ani nha'],
    ['of emoji alone', { name: '\u{1F468}\u200d\u{1F467}' }, '\u{1F468}\u200d\u{1F467}', undefined],
    ['that is long', { name: `${long}y`, notify: `${'x'.repeat(199)} y` }, long, 'x'.repeat(199)],
    ['that is long, of pairs', { name: '\u{1F600}'.repeat(201) }, '\u{1F600}'.repeat(200), undefined],
    ['cut before a pair', { name: `${long}\u{1F600}` }, long, undefined],
    ['with half a pair', { name: 'Ana \ud83d' }, 'Ana \ufffd', undefined],
  ])('%s', async (_what, names, savedName, ownName) => {
    await expect(madeOf([{ phone: ana, ...names }])).resolves.toStrictEqual([
      { phone: ana, savedName, ownName },
    ]);
  });
});

describe('a row', () => {
  test.each<[string, unknown]>([
    ['null', null],
    ['a text', ana],
    ['a number', 7],
    ['an array', [ana]],
    ['without a number', { name: 'Ana' }],
    ['with null for a number', { phone: null }],
    ['with a number that is no text', { phone: 5511987654321 }],
    ['of a group', { phone: '120363019502650977-group' }],
    ['of an old group', { phone: '5511987654321-1623281429' }],
    ['of a group at WhatsApp', { phone: '120363019502650977@g.us' }],
    ['of a group without a mark', { phone: '120363019502650977' }],
    ['of a private id', { phone: '123456789012345@lid' }],
    ['of statuses', { phone: 'status@broadcast' }],
    ['with too few digits', { phone: '1234' }],
    ['with too many digits', { phone: '1234567890123456' }],
    ['with nothing', { phone: '' }],
    ['with markup', { phone: '<!channel>' }],
  ])('%s is passed over', async (_what, row) => {
    await expect(madeOf([{ phone: ana }, row, { phone: bruno }])).resolves.toMatchObject([
      { phone: ana },
      { phone: bruno },
    ]);
  });

  test.each([
    ['5511987654321', '5511987654321'],
    ['+55 (11) 98765-4321', '5511987654321'],
    ['12345', '12345'],
    ['123456789012345', '123456789012345'],
  ])('with the number %j is taken', async (phone, digits) => {
    await expect(madeOf([{ phone }])).resolves.toMatchObject([{ phone: digits }]);
  });

  test('that comes again is passed over', async () => {
    await using server = await startWithServer(({ page }) => ({
      body: [[...people(3), ...people(2)], people(5, 2), []][page - 1] ?? [],
    }));
    const contacts = (await allOf(server.gateway.readContacts())).flat();
    expect(contacts.map(({ phone }) => phone)).toEqual(people(7).map(({ phone }) => phone));
  });
});

describe('the pages', () => {
  test.each<[number, number[]]>([
    [0, []],
    [1, [1]],
    [99, [99]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
    [1000, Array(10).fill(100)],
  ])('of %i contacts come in order', async (count, lengths) => {
    await using world = await startWithFake(people(count));
    const pages = await allOf(world.gateway.readContacts());
    expect(pages.map(({ length }) => length)).toEqual(lengths);
    expect(pages.flat()).toEqual(
      people(count).map(({ phone, name }) => ({ phone, savedName: name, ownName: undefined })),
    );
  });

  test.each([
    [1, 5],
    [40, 130],
    [40, 120],
    [99, 500],
  ])('that are capped at %i rows are all read: %i contacts', async (largest, count) => {
    await using world = await startWithFake(people(count), largest);
    const contacts = (await allOf(world.gateway.readContacts())).flat();
    expect(contacts.map(({ phone }) => phone)).toEqual(people(count).map(({ phone }) => phone));
  });

  test('of a short list cost two requests', async () => {
    let answerSecond = () => {};
    await using server = await startWithServer(async ({ page }) => {
      if (page === 1) return { body: people(30) };
      await new Promise<void>((resolve) => {
        answerSecond = resolve;
      });
      return { body: [] };
    });
    const reading = allOf(server.gateway.readContacts());
    await until(() => server.asked.length >= 2, 'the second page');
    await pause(50);
    expect(server.asked.map(({ page }) => page)).toEqual([1, 2]);
    answerSecond();
    await expect(reading).resolves.toHaveLength(1);
  });

  test('end with one that is shorter than the first, whatever would come after it', async () => {
    await using server = await startWithServer(({ page }) => ({
      body: page === 3 ? people(99, 300) : people(100, page * 100),
    }));
    const pages = await allOf(server.gateway.readContacts());
    expect(pages.map(({ length }) => length)).toEqual([100, 100, 99]);
  });

  test.each([50, 100])('end where `page` is not taken notice of: %i rows', async (count) => {
    await using server = await startWithServer(() => ({ body: people(count) }));
    const pages = await allOf(server.gateway.readContacts());
    expect(pages.map(({ length }) => length)).toEqual([count]);
    expect(server.asked.length).toBeLessThanOrEqual(5);
  });

  test('go on after one that is full of groups', async () => {
    const groups = people(100).map((_, index) => ({ phone: `1203630195026${index}-group`, name: 'Family' }));
    await using server = await startWithServer(({ page }) => ({
      body: [people(100), groups, people(1, 100)][page - 1] ?? [],
    }));
    const pages = await allOf(server.gateway.readContacts());
    expect(pages.map(({ length }) => length)).toEqual([100, 1]);
  });

  test('end where rows have no id at all, or none that is one', async () => {
    const rows = (page: number) =>
      people(100).map((_, index) => (index % 2 ? {} : { phone: `${page}-${index}-`.padEnd(65, 'x') }));
    await using server = await startWithServer(({ page }) => ({
      body: page === 1 ? people(100) : rows(page),
    }));
    await expect(allOf(server.gateway.readContacts())).resolves.toHaveLength(1);
    expect(server.asked.length).toBeLessThanOrEqual(5);
  });

  test('are 2,000 at most', async () => {
    await using server = await startWithServer(({ page }) => ({ body: people(1, page) }));
    await expect(allOf(server.gateway.readContacts())).resolves.toHaveLength(2_000);
    expect(server.asked).toHaveLength(2_000);
  }, 60_000);
});

describe('pages asked for ahead', () => {
  test('are four, come in their order whichever is first, and leave room for other reads', async () => {
    const held = new Map<number, () => void>();
    await using server = await startWithServer(async ({ page, url }) => {
      if (url.endsWith('/device')) return { body: { phone: ana, name: 'Padaria Sol' } };
      if (page > 1) await new Promise<void>((resolve) => held.set(page, resolve));
      return { body: page > 5 ? [] : people(100, page * 100) };
    });
    const reading = allOf(server.gateway.readContacts());
    await until(() => held.size === 4, 'four pages under way');
    await expect(server.gateway.readOwnNumber()).resolves.toMatchObject({ phone: ana });
    for (const page of [5, 4, 3]) held.get(page)?.();
    await until(() => server.underWay() === 1, 'three answers');
    // Nothing more is asked for while the next page in order is not there.
    await pause(50);
    expect([...held.keys()].sort()).toEqual([2, 3, 4, 5]);
    held.get(2)?.();
    await until(() => held.size === 8, 'the next four');
    for (const page of [9, 8, 7, 6]) held.get(page)?.();
    expect((await reading).map(([first]) => first?.savedName)).toEqual([
      'P100',
      'P200',
      'P300',
      'P400',
      'P500',
    ]);
  });

  test('are no more than four where they are taken slowly', async () => {
    await using server = await startWithServer(({ page }) => ({ body: people(100, page * 100) }));
    for await (const _page of server.gateway.readContacts()) {
      await until(() => server.asked.length === 5 && server.underWay() === 0, 'four pages ahead');
      await pause(50);
      break;
    }
    expect(server.asked).toHaveLength(5);
  });

  test('are ended where no more are wanted', async () => {
    await using server = await startWithServer(({ page }) =>
      page === 1 ? { body: people(100) } : undefined,
    );
    for await (const page of server.gateway.readContacts()) {
      expect(page).toHaveLength(100);
      await until(() => server.underWay() === 4, 'four pages under way');
      break;
    }
    await until(() => server.underWay() === 0, 'their end', 1_000);
  });

  test('beyond the last one may fail', async () => {
    await using server = await startWithServer(({ page }) =>
      page > 2
        ? { status: 400, body: { error: 'no such page' } }
        : { body: people(page === 1 ? 100 : 7, page * 100) },
    );
    const pages = await allOf(server.gateway.readContacts());
    expect(pages.map(({ length }) => length)).toEqual([100, 7]);
  });
});

describe('a page that fails', () => {
  test('ends the reading after those before it, and ends those after it', async () => {
    await using server = await startWithServer(({ page }) => {
      if (page > 3) return undefined;
      return page === 3
        ? { status: 400, body: { error: 'Instance not found' } }
        : { body: people(100, page * 100) };
    });
    const { pages, failure } = await readUntilFailure(server.gateway);
    expect(pages).toHaveLength(2);
    expect(failure).toMatchObject({ name: 'GatewayError', kind: 'instance-not-found', detail: '400' });
    await until(() => server.underWay() === 0, 'the end of the others', 1_000);
  });

  test.each<[number, unknown, GatewayErrorKind]>([
    [200, '', 'unexpected-reply'],
    [200, '<html>hello</html>', 'unexpected-reply'],
    [200, null, 'unexpected-reply'],
    [200, {}, 'unexpected-reply'],
    [200, { phone: ana }, 'unexpected-reply'],
    [200, { contacts: [{ phone: ana }] }, 'unexpected-reply'],
    [200, `[{"phone":"${ana}"`, 'unexpected-reply'],
    [200, { error: 'something new' }, 'refused'],
    [200, { success: false }, 'refused'],
    [200, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' }, 'wrong-request'],
    [400, [{ phone: ana }], 'refused'],
    [403, { error: 'Client-Token x not allowed' }, 'credentials'],
  ])('with %i %j fails', async (status, body, kind) => {
    await using server = await startWithServer(() => ({ status, body }));
    const { pages, failure } = await readUntilFailure(server.gateway);
    expect(pages).toEqual([]);
    expect(failure).toMatchObject({ name: 'GatewayError', kind });
    expect(server.asked).toHaveLength(1);
  });

  test('is asked for again where Z-API is in trouble', async () => {
    await using world = await startWithFake(people(150));
    world.zapi.inject({ kind: 'html', status: 502, path: '/contacts', times: 1 });
    await expect(allOf(world.gateway.readContacts())).resolves.toHaveLength(2);
  });

  test('without an answer is given up after the usual time', async () => {
    await using server = await startWithServer(({ page }) =>
      page === 1 ? { body: people(100) } : undefined,
    );
    const beganMs = performance.now();
    const { pages, failure } = await readUntilFailure(server.gateway);
    expect(pages).toHaveLength(1);
    expect(failure).toMatchObject({ name: 'GatewayError', kind: 'timeout' });
    expect(performance.now() - beganMs).toBeGreaterThan(7_500);
    expect(performance.now() - beganMs).toBeLessThan(10_000);
  });
});

describe('a signal', () => {
  const reason = new Error('the bot is stopping');

  test('ends what is under way, with its reason', async () => {
    await using server = await startWithServer(({ page }) =>
      page === 1 ? { body: people(100) } : undefined,
    );
    const ending = new AbortController();
    const failing = readUntilFailure(server.gateway, ending.signal);
    await until(() => server.underWay() === 4, 'four pages under way');
    ending.abort(reason);
    expect((await failing).failure).toBe(reason);
    await until(() => server.underWay() === 0, 'their end', 1_000);
  });

  test('ends it while a page is looked at, though the next ones are there', async () => {
    await using server = await startWithServer(({ page }) => ({ body: people(100, page * 100) }));
    const ending = new AbortController();
    const pages: Contact[][] = [];
    const reading = (async () => {
      for await (const page of server.gateway.readContacts({ signal: ending.signal })) {
        pages.push(page);
        await until(() => server.asked.length === 5 && server.underWay() === 0, 'four pages ahead');
        await pause(50);
        ending.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(pages).toHaveLength(1);
  });

  test('that has ended before lets nothing be sent', async () => {
    await using server = await startWithServer(() => ({ body: [] }));
    expect((await readUntilFailure(server.gateway, AbortSignal.abort(reason))).failure).toBe(reason);
    expect(server.asked).toEqual([]);
  });
});
