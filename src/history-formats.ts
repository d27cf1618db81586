import type { JournalEntry, Refusal } from './privacy/journal-entry.ts';

type Value = string | number | boolean | null | readonly string[];

/** What is written of each, by its name, in the order of the columns. */
export type Columns<T> = Readonly<Record<string, (written: T) => Value>>;

/** A change. What Slack gave for answering is left out. */
export const changeColumns: Columns<JournalEntry> = {
  id: ({ id }) => id,
  acceptedAt: ({ acceptedAt }) => acceptedAt.toISOString(),
  by: ({ by }) => by,
  channel: ({ place }) => place.channel,
  instance: ({ instance }) => instance,
  setting: ({ change }) => change.setting,
  visibility: ({ change }) => change.visibility,
  hide: ({ change }) => change.hide,
  hideCount: ({ named }) => named.hide,
  showAgain: ({ change }) => change.showAgain,
  showAgainCount: ({ named }) => named.showAgain,
  numbersErased: ({ numbersErased }) => numbersErased,
  lookedUp: ({ lookedUp }) => lookedUp ?? null,
  reallyHidden: ({ realChanges }) => realChanges?.hide ?? null,
  reallyShownAgain: ({ realChanges }) => realChanges?.showAgain ?? null,
  undoes: ({ undoes }) => undoes ?? null,
  outcome: ({ outcome }) => outcome?.kind ?? null,
  failure: ({ outcome }) => (outcome && 'failure' in outcome ? outcome.failure : null),
  proof: (entry) => proofOf(entry)?.kind ?? null,
  notTakenHide: (entry) => notTakenOf(entry)?.hide ?? null,
  notTakenShowAgain: (entry) => notTakenOf(entry)?.showAgain ?? null,
  endedAt: ({ endedAt }) => endedAt?.toISOString() ?? null,
  toldIn: ({ tellIn }) => tellIn,
  told: ({ told }) => told ?? null,
  toldAt: ({ toldAt }) => toldAt?.toISOString() ?? null,
};

function proofOf({ outcome }: JournalEntry) {
  return outcome?.kind === 'applied' ? outcome.proof : undefined;
}

function notTakenOf(entry: JournalEntry) {
  const proof = proofOf(entry);
  return proof?.kind === 'not-taken' ? proof.missing : undefined;
}

export const refusalColumns: Columns<Refusal> = {
  at: ({ at }) => at.toISOString(),
  by: ({ by }) => by,
  channel: ({ channel }) => channel,
  tried: ({ tried }) => tried,
  instance: ({ instance }) => instance ?? null,
  why: ({ why }) => why,
};

/** The whole history as text, piece by piece. */
export const historyFormats = {
  /** One array of objects; times are ISO 8601 in UTC. */
  async *json<T>(portions: AsyncIterable<T[]>, columns: Columns<T>): AsyncGenerator<string> {
    let before = '[\n';
    for await (const portion of portions) {
      for (const written of portion) {
        const fields = Object.entries(columns).map(([name, of]) => [name, of(written)]);
        yield before + JSON.stringify(Object.fromEntries(fields));
        before = ',\n';
      }
    }
    yield before === '[\n' ? '[]\n' : '\n]\n';
  },

  /** RFC 4180, with a line of names. Several numbers in one field are separated by blanks. */
  async *csv<T>(portions: AsyncIterable<T[]>, columns: Columns<T>): AsyncGenerator<string> {
    yield csvLine(Object.keys(columns));
    for await (const portion of portions) {
      for (const written of portion) {
        yield csvLine(Object.values(columns).map((of) => of(written)));
      }
    }
  },
};

export type HistoryFormat = keyof typeof historyFormats;

function csvLine(values: readonly Value[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

function csvField(value: Value): string {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  // A spreadsheet takes what begins so for a formula, some also after blanks, or in the width of Chinese characters.
  const safe = /^(?:[\t\r]|[\s\p{Cf}\0]*[=+\-@＝＋－＠])/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
