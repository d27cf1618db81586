import { expect, test } from '@jest/globals';
import { LogLevel } from '@slack/bolt';
import { createBoltLogger } from '../../src/slack/bolt-logger.ts';

function startLogger() {
  const lines: { level: string; fields: object; event: string }[] = [];
  const at = (level: string) => (fields: object, event: string) => void lines.push({ level, fields, event });
  const logger = createBoltLogger({ info: at('info'), warn: at('warn'), error: at('error') });
  return { logger, lines };
}

test('of an error only the message is written', () => {
  const { logger, lines } = startLogger();
  const error = Object.assign(new Error('the socket closed'), {
    headers: { authorization: 'Bearer SECRET' },
    cause: new Error('SECRET'),
  });
  logger.error('failed:', error, { token: 'SECRET' });
  expect(lines).toEqual([
    { level: 'error', fields: { from: 'bolt' }, event: 'failed: the socket closed [object Object]' },
  ]);
});

test('what Bolt says stays as it is', () => {
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
