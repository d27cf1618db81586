import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { type Form, formMemory, OutdatedForm, rememberForm, textsFit } from '../../src/slack/form-memory.ts';

const form: Form = {
  setting: 'last-seen',
  place: {
    channel: 'C0OPS',
    replyUrl: `https://hooks.slack.com/commands/T0123ABCD/1234567890123/${'k'.repeat(24)}`,
  },
  number: 'main',
  visibility: 'contacts-except',
  hide: '',
  hidePicked: [],
  showAgainPicked: [],
};
const numbers = (count: number, seed = 7) =>
  Array.from(
    { length: count },
    (_, index) => `+55 11 9${String((index * seed * 7_919_317) % 100_000_000).padStart(8, '0')}`,
  );

describe('what is remembered comes back', () => {
  test.each<[string, Partial<Form>]>([
    ['nothing typed', {}],
    ['one text', { hide: '+55 11 98765-4321' }],
    ['people to hide from', { hidePicked: ['5511987654321', '5521912345678'] }],
    ['people to show again to', { showAgainPicked: ['5511987654321', '123456789012345@lid'] }],
    [
      'all of it',
      { hide: numbers(40).join('\n'), hidePicked: numbers(40, 3), showAgainPicked: numbers(40, 11) },
    ],
    ['no number', { number: undefined, hide: '+55 11 98765-4321' }],
    ['the number that was named', { number: undefined, on: 'Padaria Sol' }],
    ['one of several numbers', { number: 'sales-2', hidePicked: ['5511987654321'] }],
    [
      'lines, quotes, emoji and bidi marks',
      { hide: '"\\\r\n\u2028\u202a🙂é\0\ud800', showAgainPicked: ['</script>', ''] },
    ],
    ['texts of the greatest length, as people write them', { hide: numbers(150).join('\n').slice(0, 3000) }],
    ['the numbers looked at', { hide: '+55 20 98765-4321', lookedAt: 'abcdefgh12345678' }],
  ])('%s', (_what, fields) => {
    const { visibility: _notRemembered, ...expected } = { ...form, ...fields };
    const remembered = rememberForm({ ...form, ...fields });
    expect(remembered.length).toBeLessThanOrEqual(3000);
    expect(formMemory(remembered)).toEqual(expected);
    expect(textsFit({ ...form, ...fields })).toBe(true);
  });
});

describe('texts that can not be packed small enough', () => {
  // Nothing in these repeats, so that packing gains little.
  const noise = (length: number) =>
    Array.from({ length }, (_, index) =>
      String.fromCharCode(33 + ((index * index * 7919 + index * 104_729) % 20_000)),
    ).join('');
  const tooLong: Form = {
    ...form,
    hide: noise(3000),
    showAgainPicked: [noise(2999)],
    lookedAt: 'abcdefgh12345678',
  };

  test('are left out, and the rest is remembered', () => {
    const remembered = rememberForm(tooLong);
    expect(remembered.length).toBeLessThanOrEqual(3000);
    expect(formMemory(remembered)).toMatchObject({
      place: form.place,
      number: 'main',
      hide: '',
      hidePicked: [],
      showAgainPicked: [],
      lookedAt: tooLong.lookedAt,
    });
    expect(textsFit(tooLong)).toBe(false);
  });

  test.each([
    [2999, true],
    [3000, true],
    [3001, false],
  ])('a memory of %i characters is kept whole: %s', (length, isWhole) => {
    const given = { ...form, hide: '+55 11 98765-4321', lookedAt: '' };
    const filled = { ...given, lookedAt: 'x'.repeat(length - rememberForm(given).length) };
    expect(textsFit(filled)).toBe(isWhole);
    expect(formMemory(rememberForm(filled)).hide).toBe(isWhole ? given.hide : '');
  });

  test('are left out wherever Slack would refuse them', () => {
    for (let length = 0; length <= 3000; length += 50) {
      const given = { ...form, hide: noise(length) };
      const remembered = rememberForm(given);
      expect(remembered.length).toBeLessThanOrEqual(3000);
      expect(formMemory(remembered).hide).toBe(textsFit(given) ? given.hide : '');
    }
  });
});

describe('a memory that this version did not write is an outdated form', () => {
  const valid = JSON.parse(rememberForm({ ...form, hide: '+55 11 98765-4321' })) as Record<string, unknown>;
  const packed = (text: string | Buffer) => deflateRawSync(text).toString('base64url');

  test.each<[string, unknown]>([
    ['no text', ''],
    ['no JSON', '{"setting":'],
    ['a text of an older bot', 'C0OPS|everyone'],
    ['null', 'null'],
    ['a number', '7'],
    ['an array', '[]'],
    ['an empty object', '{}'],
    ['an unknown setting', { ...valid, setting: 'profile-photo' }],
    ['a setting of every object', { ...valid, setting: 'constructor' }],
    ['no channel', { ...valid, channel: undefined }],
    ['a channel that is no text', { ...valid, channel: { id: 'C0OPS' } }],
    ['no response_url', { ...valid, replyUrl: null }],
    ['texts that are no text', { ...valid, texts: ['a', 'b'] }],
    ['texts that are not packed', { ...valid, texts: 'not packed at all' }],
    ['texts cut short', { ...valid, texts: String(valid.texts).slice(0, -6) }],
    ['packed, but no JSON', { ...valid, texts: packed('hello') }],
    ['packed, but one text', { ...valid, texts: packed('["a"]') }],
    ['packed, but three texts', { ...valid, texts: packed('["a","b","c"]') }],
    ['packed, but two texts, as an older bot did', { ...valid, texts: packed('["a","b"]') }],
    ['packed, but too much', { ...valid, texts: packed('["a",[],[],[]]') }],
    ['packed, but contacts who are none', { ...valid, texts: packed('["a",[7],[]]') }],
    ['packed, but people who are none', { ...valid, texts: packed('["a",[],[7]]') }],
    ['a name of a number that is no text', { ...valid, on: 7 }],
    ['a number that is no text', { ...valid, number: 7 }],
    ['packed, but numbers', { ...valid, texts: packed('[1,2]') }],
    ['packed, but an object', { ...valid, texts: packed('{"0":"a","1":"b"}') }],
    ['a mark of the looked at that is no text', { ...valid, lookedAt: 7 }],
  ])('%s', (_what, memory) => {
    const text = typeof memory === 'string' ? memory : JSON.stringify(memory);
    expect(() => formMemory(text)).toThrow(OutdatedForm);
  });

  test('a zip bomb, without unpacking it', () => {
    const bomb = packed(Buffer.alloc(64_000_000, ' '));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(() => formMemory(JSON.stringify({ ...valid, texts: bomb }))).toThrow(OutdatedForm);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  test('a bomb that would be a text of a hundred thousand characters', () => {
    const texts = packed(JSON.stringify(['0'.repeat(100_000), [], []]));
    expect(texts.length).toBeLessThan(3000);
    expect(() => formMemory(JSON.stringify({ ...valid, texts }))).toThrow(OutdatedForm);
  });

  test('and says nothing of what it held', () => {
    try {
      formMemory('{"replyUrl":"https://hooks.slack.test/REPLY-SECRET","setting":1}');
      throw new Error('this was to fail');
    } catch (error) {
      expect(error).toMatchObject({ kind: 'outdated-form', message: '' });
      expect(error).not.toHaveProperty('cause');
    }
  });
});

test('keys of a newer bot are passed over', () => {
  const memory = { ...JSON.parse(rememberForm(form)), theme: 'dark' };
  expect(formMemory(JSON.stringify(memory))).not.toHaveProperty('theme');
});
