import { describe, expect, test } from '@jest/globals';
import { createContactBook } from '../../src/privacy/contact-book.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { type Contact, GatewayError } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';
import { createLogLines } from './log-lines.ts';
import { ana, bruno, carla } from './some-changes.ts';

const minuteMs = 60_000;
const anaWithoutNinth = '551187654321';
const patiently = { most: 10, waitMs: 60_000 };
const notWaiting = { most: 10, waitMs: 0 };

const saved = (savedName: string, phone: string, ownName?: string): Contact => ({
  phone: phone as Phone,
  savedName,
  ownName,
});
const met = (ownName: string | undefined, phone: string): Contact => ({
  phone: phone as Phone,
  savedName: undefined,
  ownName,
});

/** What a reading gives, step by step: a page, or a failure, or a hold until the test lets it go on. */
type Step = Contact[] | Error | Promise<unknown>;

/** A book at a clock that a test moves, and a gateway that gives these readings, one after another, the last again. */
function startBook(...readings: Step[][]) {
  let nowMs = Date.UTC(2026, 10, 24);
  const signals: (AbortSignal | undefined)[] = [];
  const { log, lines } = createLogLines();
  const book = createContactBook(
    {
      async *readContacts({ signal } = {}) {
        const steps = readings[Math.min(signals.push(signal), readings.length) - 1] ?? [];
        for (const step of steps) {
          if (step instanceof Error) throw step;
          if (Array.isArray(step)) yield step;
          else await step;
        }
      },
    },
    log,
    () => nowMs,
  );
  const namesOf = async (query: string, options = patiently) => {
    const found = await book.search(query, options);
    return found && { names: found.people.map(({ name }) => name), isWhole: found.isWhole };
  };
  return {
    book,
    namesOf,
    lines,
    signals,
    reads: () => signals.length,
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe('everybody', () => {
  test('is read when somebody is searched for, and not before', async () => {
    const { namesOf, reads } = startBook([[saved('Bruno', bruno)], [saved('Ana', ana)]]);
    expect(reads()).toBe(0);
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana', 'Bruno'], isWhole: true });
    expect(reads()).toBe(1);
  });

  test('is found by name or number, as many as asked for', async () => {
    const { book, namesOf } = startBook([
      [saved('Bruno', bruno), saved('Ana', ana), saved('Anabela', carla)],
    ]);
    await expect(namesOf('ana')).resolves.toMatchObject({ names: ['Ana', 'Anabela'] });
    await expect(namesOf('+55 21')).resolves.toMatchObject({ names: ['Bruno'] });
    await expect(namesOf('ana', { ...patiently, most: 1 })).resolves.toMatchObject({ names: ['Ana'] });
    expect((await book.search('bruno', patiently))?.people).toMatchObject([{ entry: bruno, name: 'Bruno' }]);
  });

  test('is read again after five minutes, and what is known serves meanwhile', async () => {
    const going = Promise.withResolvers<void>();
    const { book, namesOf, reads, pass } = startBook(
      [[saved('Ana', ana)]],
      [[saved('Bruno', bruno)], going.promise, [saved('Carla', carla)]],
    );
    await book.refresh();
    pass(5 * minuteMs - 1);
    await namesOf('');
    expect(reads()).toBe(1);
    pass(1);
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana'], isWhole: true });
    expect(reads()).toBe(2);
    // The first page is there: it is not shown before all are.
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana'], isWhole: true });
    going.resolve();
    await book.refresh();
    await expect(namesOf('')).resolves.toEqual({ names: ['Bruno', 'Carla'], isWhole: true });
    expect(book.nameOf(ana)).toBeUndefined();
    expect(reads()).toBe(2);
  });

  test('is read once for all who ask meanwhile', async () => {
    const { book, namesOf, reads } = startBook([[saved('Ana', ana)]]);
    await Promise.all([book.refresh(), namesOf('ana'), book.refresh(), namesOf('')]);
    expect(reads()).toBe(1);
  });

  test('is counted in the log, and not named', async () => {
    const { book, lines } = startBook([[saved('Ana', ana), saved('Bruno', bruno), met('Carla', carla)]]);
    await book.refresh();
    expect(lines).toEqual([{ level: 'info', event: 'contacts read', contacts: 2, ms: 0 }]);
  });
});

describe('while everybody is read for the first time', () => {
  test('those who came so far are found, and it is said that these are not all', async () => {
    const going = Promise.withResolvers<void>();
    const { book, namesOf } = startBook([[saved('Bruno', bruno)], going.promise, [saved('Ana', ana)]]);
    void book.refresh();
    await until(() => book.nameOf(bruno), 'the first page');
    await expect(namesOf('', notWaiting)).resolves.toEqual({ names: ['Bruno'], isWhole: false });
    going.resolve();
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana', 'Bruno'], isWhole: true });
  });

  test('and nobody came yet, nobody is found', async () => {
    const { book, namesOf } = startBook([new Promise(() => undefined)]);
    await expect(namesOf('ana', notWaiting)).resolves.toEqual({ names: [], isWhole: false });
    expect(book.nameOf(ana)).toBeUndefined();
  });
});

describe('after a failure', () => {
  const failure = new GatewayError('disconnected', 'no');

  test('it is not said who is there, and for fifteen seconds the gateway is left alone', async () => {
    const { namesOf, reads, pass } = startBook([failure], [[saved('Ana', ana)]]);
    await expect(namesOf('')).resolves.toBeUndefined();
    pass(15_000 - 1);
    await expect(namesOf('')).resolves.toBeUndefined();
    expect(reads()).toBe(1);
    pass(1);
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana'], isWhole: true });
    expect(reads()).toBe(2);
  });

  test('those who were known before stay known', async () => {
    const { book, namesOf, reads, pass } = startBook([[saved('Ana', ana)]], [failure]);
    await book.refresh();
    pass(5 * minuteMs);
    await book.refresh();
    expect(reads()).toBe(2);
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana'], isWhole: true });
    expect(book.nameOf(ana)).toBe('Ana');
  });

  test('on a later page those who came before are found, and of others it is not said that they are not there', async () => {
    const { namesOf } = startBook([[saved('Ana', ana)], failure]);
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana'], isWhole: false });
    await expect(namesOf('bruno')).resolves.toBeUndefined();
  });

  test.each([
    [failure, 'disconnected'],
    [new Error(`Ana ${ana}`), 'unexpected'],
  ])('the log says which: %s', async (error, kind) => {
    const { book, lines } = startBook([error]);
    await book.refresh();
    expect(lines).toEqual([{ level: 'warn', event: 'contacts not read', failure: kind }]);
  });
});

describe('a name', () => {
  test('is the one saved on the phone, else the one they gave themselves, else none', async () => {
    const { book } = startBook([[saved('Ana', ana, 'Aninha'), met('Bruno', bruno), met(undefined, carla)]]);
    expect(book.nameOf(ana)).toBeUndefined();
    await book.refresh();
    expect([ana, bruno, carla, '123@lid'].map(book.nameOf)).toEqual(['Ana', '~Bruno', undefined, undefined]);
  });

  test('is known for both forms of a number', async () => {
    const { book } = startBook([[saved('Ana', anaWithoutNinth)]]);
    await book.refresh();
    expect(book.nameOf(ana)).toBe('Ana');
  });

  test('that they gave themselves makes nobody a contact', async () => {
    const { namesOf } = startBook([[met('Bruno', bruno), saved('Ana', ana)]]);
    await expect(namesOf('')).resolves.toMatchObject({ names: ['Ana'] });
    await expect(namesOf('bruno')).resolves.toMatchObject({ names: [] });
  });
});

describe('the same person twice, around the ninth digit,', () => {
  test.each<[string, Contact[]]>([
    ['first as they call themselves', [met('Aninha', anaWithoutNinth), saved('Ana', ana)]],
    ['first as saved', [saved('Ana', ana), met('Aninha', anaWithoutNinth)]],
    ['saved twice', [saved('Ana', ana), saved('Ana de novo', anaWithoutNinth)]],
  ])('is found once, under the one name: %s', async (_how, contacts) => {
    const { book } = startBook([contacts]);
    const found = await book.search('', patiently);
    expect(found?.people).toMatchObject([{ entry: ana, name: 'Ana' }]);
    expect([ana, anaWithoutNinth].map(book.nameOf)).toEqual(['Ana', 'Ana']);
  });

  test('twice as they call themselves has the first name', async () => {
    const { book } = startBook([[met('Aninha', ana), met('Aninha 2', anaWithoutNinth)]]);
    await book.refresh();
    expect(book.nameOf(ana)).toBe('~Aninha');
  });
});

describe('closed', () => {
  test('a reading that is under way ends, and nothing is said of it', async () => {
    const { book, signals, lines } = startBook([
      [saved('Ana', ana)],
      new Promise((_resolve, reject) => setImmediate(() => reject(new GatewayError('timeout', 'no')))),
    ]);
    const reading = book.refresh();
    expect(signals[0]?.aborted).toBe(false);
    book.close();
    expect(signals[0]?.aborted).toBe(true);
    await reading;
    expect(lines).toEqual([]);
  });

  test('nobody is read any more', async () => {
    const { book, namesOf, reads, pass } = startBook([[saved('Ana', ana)]]);
    await book.refresh();
    book.close();
    pass(5 * minuteMs);
    await book.refresh();
    await expect(namesOf('')).resolves.toEqual({ names: ['Ana'], isWhole: true });
    expect(reads()).toBe(1);
  });
});
