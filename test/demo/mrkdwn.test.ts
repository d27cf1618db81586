import { expect, test } from '@jest/globals';

// Page code is plain JavaScript, outside of this project's types: told by a variable, tsc does not look for them.
const page = '../../demo/page';
const { parseMrkdwn, parsePlainText } = await import(`${page}/mrkdwn.js`);
const { formatSlackDate } = await import(`${page}/clock.js`);
const { formatPhone } = await import(`${page}/phone-number.js`);

const text = (words: string) => ({ type: 'text', text: words });

test.each([
  ['*bold*', [{ type: 'bold', children: [text('bold')] }]],
  [
    '_italic_ ~gone~',
    [{ type: 'italic', children: [text('italic')] }, text(' '), { type: 'strike', children: [text('gone')] }],
  ],
  ['*bold `code`*', [{ type: 'bold', children: [text('bold '), { type: 'code', text: 'code' }] }]],
  ['snake_case_name, 2*3*4', [text('snake_case_name, 2*3*4')]],
  ['`*not bold*`', [{ type: 'code', text: '*not bold*' }]],
  ['a\nb', [text('a'), { type: 'line-break' }, text('b')]],
  ['&gt; said\n> so', [{ type: 'quote', children: [text('said'), { type: 'line-break' }, text('so')] }]],
  ['```a *b*\n  c```', [{ type: 'pre', text: 'a *b*\n  c' }]],
  [
    '<@U1> in <#C1|ops>',
    [{ type: 'person', id: 'U1' }, text(' in '), { type: 'channel', id: 'C1', label: 'ops' }],
  ],
  ['<!here>', [{ type: 'group', label: '@here' }]],
  [
    '<https://a.example/?a=1&amp;b=2|here>',
    [{ type: 'link', url: 'https://a.example/?a=1&b=2', label: 'here' }],
  ],
  [
    '<!date^1700000000^{time}|then>',
    [{ type: 'date', seconds: 1_700_000_000, format: '{time}', fallback: 'then' }],
  ],
  [':x: done', [{ type: 'emoji', name: 'x' }, text(' done')]],
  ['', []],
])('reads %j', (source, marks) => {
  // Fields that are undefined count as absent.
  expect(JSON.parse(JSON.stringify(parseMrkdwn(source)))).toEqual(marks);
});

test.each(['<javascript:alert(1)|click>', '<data:text/html,x|click>', '<vbscript:x|click>'])(
  'makes no link of %s',
  (source) => {
    expect(parseMrkdwn(source)).toEqual([text('click')]);
  },
);

test('escaped markup stays text', () => {
  expect(parseMrkdwn('&lt;@U1&gt; &lt;script&gt; &amp;lt;')).toEqual([text('<@U1> <script> &lt;')]);
});

test('plain text knows emoji only', () => {
  expect(parsePlainText('*a* <b> :x:')).toEqual([text('*a* <b> '), { type: 'emoji', name: 'x' }]);
});

test.each([
  '*'.repeat(5_000),
  '`'.repeat(5_000),
  '<'.repeat(5_000),
  '*a '.repeat(2_000),
  '_*~'.repeat(1_500),
])('is not slowed down by odd texts', (source) => {
  const began = performance.now();
  parseMrkdwn(source.slice(0, 3_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});

test("dates are told in the reader's own time zone", () => {
  const now = Date.UTC(2026, 10, 23, 12, 0) / 1000;
  const told = (hoursAgo: number, timeZone: string) =>
    formatSlackDate(now - hoursAgo * 3600, '{date_short_pretty} at {time}', timeZone, now).replaceAll(
      '\u202f',
      ' ',
    );
  expect(told(1, 'America/Sao_Paulo')).toBe('today at 8:00 AM');
  expect(told(1, 'Europe/Lisbon')).toBe('today at 11:00 AM');
  expect(told(10, 'America/Sao_Paulo')).toBe('yesterday at 11:00 PM');
  expect(told(24 * 30, 'America/Sao_Paulo')).toBe('Oct 24, 2026 at 9:00 AM');
});

test.each([
  ['5511987654321', '+55 11 98765-4321'],
  ['551187654321', '+55 11 8765-4321'],
  ['351912345678', '+351 912 345 678'],
  ['12025550123', '+1 202-555-0123'],
  ['4915112345678', '+4915112345678'],
  ['123456@lid', '123456@lid'],
])('writes %s as %s', (digits, written) => {
  expect(formatPhone(digits)).toBe(written);
});
