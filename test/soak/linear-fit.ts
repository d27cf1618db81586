export type Point = { atMs: number; value: number };

/** The straight line closest to the points: what is gained in an hour, and by how much that may be wrong. */
export function fitLine(points: readonly Point[]): { perHour: number; errorPerHour: number } {
  const count = points.length;
  if (count < 3) return { perHour: 0, errorPerHour: Number.POSITIVE_INFINITY };
  const meanHours = mean(points.map(({ atMs }) => hours(atMs)));
  const meanValue = mean(points.map(({ value }) => value));
  const spread = sum(points.map(({ atMs }) => (hours(atMs) - meanHours) ** 2));
  const perHour =
    sum(points.map(({ atMs, value }) => (hours(atMs) - meanHours) * (value - meanValue))) / spread;
  const leftOver = sum(
    points.map(({ atMs, value }) => (value - meanValue - perHour * (hours(atMs) - meanHours)) ** 2),
  );
  return { perHour, errorPerHour: Math.sqrt(leftOver / (count - 2) / spread) };
}

/** The value below which so many of a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

function hours(ms: number): number {
  return ms / 3_600_000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
