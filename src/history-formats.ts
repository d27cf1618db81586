import type { JournalEntry } from './privacy/journal-entry.ts';

type Portions = AsyncIterable<JournalEntry[]>;

/** The whole journal as text, piece by piece. What Slack gave for answering is left out. */
export const historyFormats = {
  /** One array of objects; times are ISO 8601 in UTC. */
  async *json(portions: Portions): AsyncGenerator<string> {
    let before = '[\n';
    for await (const portion of portions) {
      for (const entry of portion) {
        yield before + JSON.stringify(recordOf(entry));
        before = ',\n';
      }
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  },

  /** RFC 4180, with a line of names. Several numbers in one field are separated by blanks. */
  async *csv(portions: Portions): AsyncGenerator<string> {
    yield csvLine(columns);
    for await (const portion of portions) {
      for (const entry of portion) {
        const record = recordOf(entry);
        yield csvLine(columns.map((column) => record[column]));
      }
    }
  },
};

export type HistoryFormat = keyof typeof historyFormats;

function recordOf(entry: JournalEntry) {
  const { outcome, change, realChanges, named, place } = entry;
  return {
    id: entry.id,
    acceptedAt: entry.acceptedAt.toISOString(),
    by: entry.by,
    channel: place.channel,
    instance: entry.instance,
    setting: change.setting,
    visibility: change.visibility,
    hide: change.hide,
    hideCount: named.hide,
    showAgain: change.showAgain,
    showAgainCount: named.showAgain,
    numbersErased: entry.numbersErased,
    reallyHidden: realChanges?.hide ?? null,
    reallyShownAgain: realChanges?.showAgain ?? null,
    undoes: entry.undoes ?? null,
    outcome: outcome?.kind ?? null,
    failure: outcome && 'failure' in outcome ? outcome.failure : null,
    endedAt: entry.endedAt?.toISOString() ?? null,
    toldIn: entry.tellIn,
    told: entry.told ?? null,
    toldAt: entry.toldAt?.toISOString() ?? null,
  };
}

const columns = [
  'id',
  'acceptedAt',
  'by',
  'channel',
  'instance',
  'setting',
  'visibility',
  'hide',
  'hideCount',
  'showAgain',
  'showAgainCount',
  'numbersErased',
  'reallyHidden',
  'reallyShownAgain',
  'undoes',
  'outcome',
  'failure',
  'endedAt',
  'toldIn',
  'told',
  'toldAt',
] as const satisfies (keyof ReturnType<typeof recordOf>)[];

type Value = string | number | boolean | null | readonly string[];

function csvLine(values: readonly Value[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: Value): string {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  // A spreadsheet takes what begins so for a formula.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
