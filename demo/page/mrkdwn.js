/**
 * Slack's mrkdwn, read into a tree. Pure: it makes no elements, so nothing in a text can become HTML.
 *
 * @typedef {{ type: 'text', text: string }
 *   | { type: 'line-break' }
 *   | { type: 'bold' | 'italic' | 'strike' | 'quote', children: Mark[] }
 *   | { type: 'code' | 'pre', text: string }
 *   | { type: 'emoji', name: string }
 *   | { type: 'person' | 'channel', id: string, label: string | undefined }
 *   | { type: 'group', label: string }
 *   | { type: 'link', url: string, label: string }
 *   | { type: 'date', seconds: number, format: string, url: string | undefined, fallback: string }} Mark
 */

const EMOJI = /:([a-z0-9_+'-]+):/;
const CODE = /`(?<code>[^`\n]+)`/;
const ANGLE = /<(?<angle>[^<>\n]+)>/;
/** A mark opens after a space or punctuation and closes before one, so that snake_case and 2*3*4 stay as they are. */
const STYLED =
  /(?<![\p{L}\p{N}])(?<style>[*_~])(?!\s|\k<style>)(?<styled>[^\n]*?[^\s])\k<style>(?![\p{L}\p{N}])/u;
/** Whichever begins first wins: nothing is marked up inside code, and code may stand inside bold. */
const INLINE = new RegExp(`${CODE.source}|${ANGLE.source}|${STYLED.source}`, 'u');

const STYLES = /** @type {const} */ ({ '*': 'bold', _: 'italic', '~': 'strike' });

/**
 * @param {string} source as the app sent it, `&`, `<` and `>` escaped
 * @returns {Mark[]}
 */
export function parseMrkdwn(source) {
  /** @type {Mark[]} */
  const marks = [];
  for (const [index, part] of source.split(/```\n?([\s\S]+?)\n?```/).entries()) {
    if (index % 2 === 1) marks.push({ type: 'pre', text: decode(withoutAngles(part)) });
    // The line break next to a preformatted block or a quote is the block's own.
    else marks.push(...parseLines(index > 0 ? part.replace(/^\n/, '') : part));
  }
  return marks;
}

/**
 * A plain_text object: emoji, and nothing else.
 *
 * @param {string} source
 * @returns {Mark[]}
 */
export function parsePlainText(source) {
  return splitBy(source, EMOJI, plain, (match) => ({ type: 'emoji', name: match[1] ?? '' }));
}

/**
 * @param {string} source
 * @returns {Mark[]}
 */
function parseLines(source) {
  /** @type {Mark[]} */
  const marks = [];
  /** @type {string[]} */
  let quoted = [];
  const closeQuote = () => {
    if (quoted.length > 0) marks.push({ type: 'quote', children: parseInlineLines(quoted) });
    quoted = [];
  };
  let needsBreak = false;
  for (const line of source.split('\n')) {
    const quote = /^(?:>|&gt;) ?(.*)$/.exec(line);
    if (quote) {
      quoted.push(quote[1] ?? '');
      needsBreak = false;
      continue;
    }
    closeQuote();
    if (needsBreak) marks.push({ type: 'line-break' });
    marks.push(...parseInline(line));
    needsBreak = true;
  }
  closeQuote();
  return marks;
}

/**
 * @param {string[]} lines
 * @returns {Mark[]}
 */
function parseInlineLines(lines) {
  return lines.flatMap((line, index) =>
    index === 0 ? parseInline(line) : [/** @type {Mark} */ ({ type: 'line-break' }), ...parseInline(line)],
  );
}

/**
 * @param {string} source
 * @returns {Mark[]}
 */
function parseInline(source) {
  return splitBy(source, INLINE, parsePlainTextUnescaped, ({ groups = {} }) => {
    if (groups.code !== undefined) return { type: 'code', text: decode(withoutAngles(groups.code)) };
    if (groups.angle !== undefined) return parseAngle(groups.angle);
    const style = /** @type {keyof typeof STYLES} */ (groups.style);
    return { type: STYLES[style], children: parseInline(groups.styled ?? '') };
  });
}

/**
 * @param {string} inside what stands between `<` and `>`
 * @returns {Mark}
 */
function parseAngle(inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : decode(inside.slice(bar + 1));
  if (target.startsWith('@')) return { type: 'person', id: target.slice(1), label };
  if (target.startsWith('#')) return { type: 'channel', id: target.slice(1), label };
  if (target.startsWith('!date^')) {
    const [, seconds = '', format = '', url] = target.split('^');
    return { type: 'date', seconds: Number(seconds), format, url: safeUrl(url), fallback: label ?? '' };
  }
  if (target.startsWith('!')) return { type: 'group', label: label ?? `@${target.slice(1)}` };
  const url = safeUrl(target);
  if (!url) return { type: 'text', text: label ?? decode(target) };
  return { type: 'link', url, label: label ?? decode(target) };
}

/**
 * @param {string} source
 * @returns {Mark[]}
 */
function parsePlainTextUnescaped(source) {
  return parsePlainText(source).map((mark) =>
    mark.type === 'text' ? { type: 'text', text: decode(mark.text) } : mark,
  );
}

/**
 * Only addresses that a click may open.
 *
 * @param {string | undefined} url
 */
function safeUrl(url) {
  const address = url === undefined ? '' : decode(url);
  return /^(https?:\/\/|mailto:|tel:)/i.test(address) ? address : undefined;
}

/**
 * Inside code Slack shows a link's label, or its address.
 *
 * @param {string} text
 */
function withoutAngles(text) {
  return text.replace(/<(?:[^<>|\n]*\|)?([^<>\n]*)>/g, '$1');
}

/** @param {string} text */
function decode(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * @param {string} text
 * @returns {Mark[]}
 */
function plain(text) {
  return [{ type: 'text', text }];
}

/**
 * Turns every match into a mark and hands what lies between to `readRest`.
 *
 * @param {string} source
 * @param {RegExp} pattern
 * @param {(between: string) => Mark[]} readRest
 * @param {(match: RegExpExecArray) => Mark} readMatch
 * @returns {Mark[]}
 */
function splitBy(source, pattern, readRest, readMatch) {
  /** @type {Mark[]} */
  const marks = [];
  let rest = source;
  for (;;) {
    const match = pattern.exec(rest);
    if (!match) break;
    if (match.index > 0) marks.push(...readRest(rest.slice(0, match.index)));
    marks.push(readMatch(match));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest) marks.push(...readRest(rest));
  return marks;
}
