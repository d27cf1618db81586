import { rounded } from './load/figures.ts';
import type { Part } from './report.ts';
import { isReached, type Target } from './row.ts';

const width = 960;
const labelWidth = 540;
const barsWidth = 300;
const rowHeight = 26;
const top = 64;
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
<text class="faint" x="${limitX}" y="48" text-anchor="middle">the limit</text>
${targets.map((target, index) => bar(target, top + index * rowHeight)).join('\n')}
<line class="limit" x1="${limitX}" y1="54" x2="${limitX}" y2="${height - 10}" />
</svg>
`;
}

function bar(target: Target, y: number): string {
  const length = Math.max(2, Math.min(used(target), 2) * scale);
  return [
    `<text x="${labelWidth - 10}" y="${y + 14}" text-anchor="end">${escaped(shortened(target.what))}</text>`,
    `<rect class="${isReached(target) ? 'reached' : 'missed'}" x="${labelWidth}" y="${y + 2}" width="${length.toFixed(1)}" height="16" rx="2" />`,
    `<text class="faint" x="${labelWidth + barsWidth + 10}" y="${y + 14}">${escaped(`${rounded(target.measured)} ${target.unit}`)}</text>`,
  ].join('\n');
}

/** 1 is exactly the limit, less is better. */
function used({ measured, limit }: Target): number {
  if ('atLeast' in limit) return measured > 0 ? limit.atLeast / measured : Number.POSITIVE_INFINITY;
  if (limit.atMost === 0) return measured === 0 ? 0 : Number.POSITIVE_INFINITY;
  return Math.max(0, measured) / limit.atMost;
}

function shortened(text: string): string {
  const plain = text.replaceAll('*', '');
  return plain.length > 74 ? `${plain.slice(0, 73)}…` : plain;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
