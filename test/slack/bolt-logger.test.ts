import { describe, expect, test } from '@jest/globals';
import { LogLevel } from '@slack/bolt';
import { createBoltLogger } from '../../src/slack/bolt-logger.ts';

function startLogger(leftOut?: RegExp) {
  const lines: { level: string; fields: object; event: string }[] = [];
  const at = (level: string) => (fields: object, event: string) => void lines.push({ level, fields, event });
  const logger = createBoltLogger({ info: at('info'), warn: at('warn'), error: at('error') }, leftOut);
  return { logger, lines };
}

describe('what never reaches a log', () => {
  test.each<[string, string]>([
    ['token xoxb-123-456-aBcD is bad', 'token [token] is bad'],
    ['xoxp-1-2-3', '[token]'],
    ['xoxa-2-abc', '[token]'],
    ['xapp-1-A0123-4567-abcdef', '[token]'],
    ['xoxe-1-abc', '[token]'],
    ['xoxe.xoxb-1-abc', '[token]'],
    ['{"token":"xoxb-1-a","app":"xapp-1-b"}', '{"token":"[token]","app":"[token]"}'],
    ['token=xoxb-1-a&x=1', 'token=[token]&x=1'],
    [
      'connecting to wss://wss-primary.slack.com/link/?ticket=abc&app_id=1 now',
      'connecting to [address] now',
    ],
    ['POST https://hooks.slack.com/commands/T0/1/key', 'POST [address]'],
    ['POST http://127.0.0.1:4000/instances/1/token/2', 'POST [address]'],
    ['from 5511987654321', 'from [digits]'],
    ['+5511987654321,+5521912345678', '+[digits],+[digits]'],
  ])('%j', (said, written) => {
    const { logger, lines } = startLogger();
    logger.warn(said);
    logger.error(said);
    expect(lines).toEqual([
      { level: 'warn', fields: { from: 'bolt' }, event: written },
      { level: 'error', fields: { from: 'bolt' }, event: written },
    ]);
  });

  test('the message of an error is scrubbed too, and nothing else of it is written', () => {
    const { logger, lines } = startLogger();
    const error = Object.assign(new Error('socket to wss://slack.com/?ticket=SECRET closed'), {
      headers: { authorization: 'Bearer xoxb-SECRET' },
      cause: new Error('SECRET'),
    });
    logger.error('failed:', error, { token: 'xoxb-SECRET' });
    expect(JSON.stringify(lines)).not.toContain('SECRET');
    expect(lines[0]?.event).toContain('failed: socket to [address] closed');
  });

  test('a secret in two pieces of one call is found in each', () => {
    const { logger, lines } = startLogger();
    logger.warn('a', 'xoxb-1-a', 'b', 'https://slack.test/x', 55119876543210);
    expect(lines[0]?.event).toBe('a [token] b [address] [digits]');
  });
});

test('what is no secret stays readable', () => {
  const { logger, lines } = startLogger();
  const said =
    'A pong was not received within 5000 ms from C0123ABCDEF; retry 3 of 10 (socket_mode_client:1)';
  logger.warn(said);
  expect(lines[0]?.event).toBe(said);
});

test('debug and info lines hold whole payloads, so that they are not written', () => {
  const { logger, lines } = startLogger();
  logger.debug('{"payload":1}');
  logger.info('{"payload":1}');
  expect(lines).toEqual([]);
});

test('nobody can make it write them', () => {
  const { logger, lines } = startLogger();
  logger.setLevel(LogLevel.DEBUG);
  logger.debug('x');
  logger.info('x');
  expect(logger.getLevel()).toBe(LogLevel.WARN);
  expect(lines).toEqual([]);
});

test('warnings that are said elsewhere are left out, errors never', () => {
  const { logger, lines } = startLogger(/^http request failed/);
  logger.warn('http request failed', 'connect ECONNREFUSED');
  logger.warn('something else');
  logger.error('http request failed');
  expect(lines.map(({ level, event }) => `${level}: ${event}`)).toEqual([
    'warn: something else',
    'error: http request failed',
  ]);
});
