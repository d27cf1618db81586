import type { Part } from './report.ts';
import { isReached, type Target } from './row.ts';
import { limitText, measuredText } from './target-words.ts';

const labelWidth = 600;
const longestLabel = 92;
const barsWidth = 240;
const figuresWidth = 250;
const width = labelWidth + barsWidth + figuresWidth;
const rowHeight = 26;
const barHeight = 16;
const top = 92;
/** Bars beyond twice the limit are cut. */
const scale = barsWidth / 2;

/** One bar for each target: how much of its limit is used. Readable in light and in dark. */
export function chartOf(parts: readonly Part[]): string {
  const targets = parts.flatMap(({ result }) => result.targets);
  const height = top + targets.length * rowHeight + 16;
  const limitX = labelWidth + scale;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="How much of each limit is used">
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f; }
  .title { font-size: 15px; font-weight: 600; }
  .faint { fill: #57606a; }
  .reached { fill: #2da44e; }
  .missed { fill: #d1593b; }
  .limit { stroke: #24292f; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .faint { fill: #9198a1; }
    .reached { fill: #3fb950; }
    .missed { fill: #f0785a; }
    .limit { stroke: #e6edf3; }
  }
</style>
<text class="title" x="16" y="24">How much of each limit is used</text>
${legend(36)}
<text class="faint" x="${limitX}" y="${top - 16}" text-anchor="middle">the limit</text>
${targets.map((target, index) => row(target, top + index * rowHeight)).join('\n')}
<line class="limit" x1="${limitX}" y1="${top - 10}" x2="${limitX}" y2="${height - 10}" />
</svg>
`;
}

/** What colours and forms mean. */
function legend(y: number): string {
  const [kept, notKept, cut] = [16, 200, 380];
  return [
    bar('reached', kept, y, barHeight),
    `<text x="${kept + 24}" y="${y + 12}">kept: up to the limit</text>`,
    bar('missed', notKept, y, barHeight),
    `<text x="${notKept + 24}" y="${y + 12}">not kept: beyond it</text>`,
    cutBar('missed', cut, y, 40),
    `<text x="${cut + 48}" y="${y + 12}">cut: more than twice the limit</text>`,
  ].join('\n');
}

function row(target: Target, y: number): string {
  const share = used(target);
  const look = isReached(target) ? 'reached' : 'missed';
  const drawn =
    share > 2
      ? cutBar(look, labelWidth, y + 2, barsWidth)
      : bar(look, labelWidth, y + 2, Math.max(2, share * scale));
  return [
    `<text x="${labelWidth - 10}" y="${y + 14}" text-anchor="end">${escaped(shortened(target.what))}</text>`,
    drawn,
    `<text class="faint" x="${labelWidth + barsWidth + 10}" y="${y + 14}">${escaped(`${measuredText(target)} (${limitText(target)})`)}</text>`,
  ].join('\n');
}

function bar(look: string, x: number, y: number, length: number): string {
  return `<rect class="${look}" x="${x}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" />`;
}

/** With a slanted gap before its end: it would be longer. */
function cutBar(look: string, x: number, y: number, length: number): string {
  const end = x + length;
  return `<path class="${look}" d="M${x} ${y}H${end - 14}l-6 ${barHeight}H${x}ZM${end - 9} ${y}H${end}v${barHeight}H${end - 15}Z" />`;
}

/** 1 is exactly the limit, less is better. */
function used({ measured, limit }: Target): number {
  if ('atLeast' in limit) return measured > 0 ? limit.atLeast / measured : Number.POSITIVE_INFINITY;
  if (limit.atMost === 0) return measured === 0 ? 0 : Number.POSITIVE_INFINITY;
  return Math.max(0, measured) / limit.atMost;
}

/** Without the marks of Markdown, which a picture does not know. */
function shortened(text: string): string {
  const plain = text.replaceAll(/[*`]/g, '');
  return plain.length > longestLabel ? `${plain.slice(0, longestLabel - 1)}…` : plain;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
