import { expect, test } from '@jest/globals';
import { createOwnNumberMemory } from '../../src/privacy/own-number.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { GatewayError, type OwnNumber } from '../../src/privacy/ports.ts';
import { someGateway } from './some-gateway.ts';

const minuteMs = 60_000;
const padaria: OwnNumber = { phone: '5511940001000' as Phone, name: 'Padaria Sol' };
const bakery: OwnNumber = { phone: '14155552671' as Phone, name: 'Sun Bakery' };

/** A gateway that knows its number, or fails, as told, and counts how often it is asked. */
function startGateway(answer: () => Promise<OwnNumber>) {
  let asked = 0;
  const gateway = someGateway({
    readOwnNumber() {
      asked += 1;
      return answer();
    },
  });
  return { gateway, asked: () => asked };
}

function startMemory(answer: () => Promise<OwnNumber>) {
  let nowMs = Date.UTC(2026, 10, 23);
  const { gateway, asked } = startGateway(answer);
  const logged: [level: string, fields: object, event: string][] = [];
  const at = (level: string) => (fields: object, event: string) => {
    logged.push([level, fields, event]);
  };
  const log = { info: at('info'), warn: at('warn'), error: at('error') };
  const memory = createOwnNumberMemory(gateway, log, () => nowMs);
  return {
    memory,
    asked,
    logged,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('knows nothing and asks nobody until it is asked to read', () => {
  const { memory, asked } = startMemory(() => Promise.resolve(padaria));
  expect(memory.known()).toBeUndefined();
  expect(asked()).toBe(0);
});

test('what was read is known at once afterwards', async () => {
  const { memory } = startMemory(() => Promise.resolve(padaria));
  await expect(memory.read()).resolves.toEqual(padaria);
  expect(memory.known()).toEqual(padaria);
});

test('a fresh number is not read again; after ten minutes it is', async () => {
  let number = padaria;
  const { memory, asked, pass } = startMemory(() => Promise.resolve(number));
  await memory.read();
  number = bakery;
  pass(10 * minuteMs - 1);
  await expect(memory.read()).resolves.toEqual(padaria);
  expect(asked()).toBe(1);
  pass(1);
  await expect(memory.read()).resolves.toEqual(bakery);
  expect(asked()).toBe(2);
  expect(memory.known()).toEqual(bakery);
});

test('readings at the same time are one reading', async () => {
  const { promise, resolve } = Promise.withResolvers<OwnNumber>();
  const { memory, asked } = startMemory(() => promise);
  const readings = [memory.read(), memory.read(), memory.read()];
  resolve(padaria);
  await expect(Promise.all(readings)).resolves.toEqual([padaria, padaria, padaria]);
  expect(asked()).toBe(1);
});

test('a failed reading does not reject, and the next one asks again at once', async () => {
  let fails = true;
  const { memory, asked } = startMemory(() =>
    fails ? Promise.reject(new GatewayError('unavailable', 'unknown')) : Promise.resolve(padaria),
  );
  await expect(memory.read()).resolves.toBeUndefined();
  fails = false;
  await expect(memory.read()).resolves.toEqual(padaria);
  expect(asked()).toBe(2);
});

test('a gateway that throws rather than rejects does not make it reject either', async () => {
  const { memory } = startMemory(() => {
    throw new Error('not even a promise');
  });
  await expect(memory.read()).resolves.toBeUndefined();
});

test.each<[string, () => Promise<OwnNumber>, string]>([
  [
    'a failure of the gateway',
    () => Promise.reject(new GatewayError('credentials', 'no', 'SECRET')),
    'credentials',
  ],
  ['any other failure', () => Promise.reject(new Error('SECRET')), 'unexpected'],
  [
    'a gateway that throws',
    () => {
      throw new GatewayError('disconnected', 'no', 'SECRET');
    },
    'disconnected',
  ],
])('%s is one line of warning, which says why in one word', async (_what, answer, failure) => {
  const { memory, logged } = startMemory(answer);
  await Promise.all([memory.read(), memory.read()]);
  expect(logged).toEqual([['warn', { failure }, 'the gateway did not say which number this is']]);
});

test('a number that is read, and one that is still fresh, is no line', async () => {
  const { memory, logged, pass } = startMemory(() => Promise.resolve(padaria));
  await memory.read();
  await memory.read();
  pass(10 * minuteMs);
  await memory.read();
  expect(logged).toEqual([]);
});

test('a failure keeps the number that was known', async () => {
  let fails = false;
  const { memory, pass } = startMemory(() =>
    fails ? Promise.reject(new Error('broken')) : Promise.resolve(padaria),
  );
  await memory.read();
  fails = true;
  pass(60 * minuteMs);
  await expect(memory.read()).resolves.toEqual(padaria);
  expect(memory.known()).toEqual(padaria);
});
