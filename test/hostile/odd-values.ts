import fc from 'fast-check';

const longest = 20_000;

/** What means something to Slack, to JavaScript, to a spreadsheet, to a terminal, or to a reader of numbers. */
const pieces = [
  ...['<!channel>', '<!here|x>', '<@U0BRUNO>', '<#C0OPS>', '<http://x.test|y>', '&', '<', '>', '&lt;'],
  ...['*', '_', '~', '`', '```', '>', '\n', '\r\n', '\u2028', '\t', '\0', '\u0007', '\u001b[31m'],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', '[object Object]', '{}', '[]', '"', '\\'],
  ...['=1+1', '+', '-', '@', "'", ',', ';', '|', '%', '%00', '$' + '{x}', '../', ' '],
  ...[
    '\ud800',
    '\udfff',
    '\u202e',
    '\u200b',
    '\ufeff',
    '🙂',
    'é',
    'e\u0301',
    'ﬁ',
    '１２',
    '٣',
    '（',
    '＋',
    '−',
    '–',
  ],
  ...['55', '11', '9', '98765-4321', '+55 11 98765-4321', '00', '(11)', '5511987654321', '123@lid', 'tel:'],
  ...['on', 'em', 'except', 'exceto', 'nobody', 'ninguém', 'history', 'status', '+', 'sales', 'main', '!'],
];

const fromPieces = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(''));
const repeated = fc
  .tuple(fc.constantFrom(...pieces), fc.constantFrom(10, 300, 3_000, longest))
  .map(([piece, times]) => piece.repeat(Math.ceil(times / piece.length)).slice(0, longest));

/** Any text: halves of characters, control characters, what means something, and far too much of it. */
export const oddTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fromPieces },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 100 })
      .map((units) => String.fromCharCode(...units)),
  },
  { weight: 1, arbitrary: repeated },
);

/** Numbers as people write them, nearly. */
export const oddPhones: fc.Arbitrary<string> = fc.oneof(
  oddTexts,
  fc.stringMatching(/^[+(]?[\d ().-]{0,30}$/),
  fc.stringMatching(/^(\+|00)?55 ?\(?\d\d\)? ?9?\d{4}[- ]?\d{4}$/),
);

/** Any JSON, as it comes off a wire: keys such as `__proto__` are keys. */
export const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc
    .constantFrom(...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{}}}'])
    .map((text) => JSON.parse(text)),
  fc.constantFrom(1_000).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth))),
);

/** What is put in the place of what Slack sends. */
export const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, '', ' ', {}, [], [[]], [null], [{}]),
  fc.constantFrom(
    'x'.repeat(longest),
    '\ud800',
    '\0',
    '<!channel>',
    '__proto__',
    'U0BRUNO',
    'C0BOARD',
    '9e99',
  ),
  oddTexts,
  oddJson,
);
