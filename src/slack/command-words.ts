import { type AskedChange, longestText, type Visibility } from '../privacy/change.ts';
import { type Country, parsePhone } from '../privacy/phone.ts';

/** What somebody typed after the command. `on`: the number that they named, as they wrote it. */
export type Said = { on: string | undefined } & (
  | { kind: 'form' | 'help' | 'status' | 'not-understood' }
  | { kind: 'history'; id: string | undefined }
  | { kind: 'change'; asked: AskedChange }
);

/** Words of both languages, whichever the bot speaks; without accents. */
const words: Record<string, 'help' | 'status' | 'history' | Visibility> = {
  help: 'help',
  ajuda: 'help',
  status: 'status',
  history: 'history',
  historico: 'history',
  everyone: 'everyone',
  todos: 'everyone',
  contacts: 'contacts',
  contatos: 'contacts',
  except: 'contacts-except',
  exceto: 'contacts-except',
  nobody: 'nobody',
  ninguem: 'nobody',
};

export function readWords(text: string, defaultCountry: Country | undefined): Said {
  const { rest, on } = withoutNumber(plain(text));
  const [first = '', ...more] = rest.split(/\s+/).filter(Boolean);
  if (first === '') return { kind: 'form', on };
  const plainFirst = unaccented(first);
  const word = Object.hasOwn(words, plainFirst) ? words[plainFirst] : undefined;
  const argument = rest.slice(first.length).trim();
  switch (word) {
    case 'history':
      return isId(argument)
        ? { kind: 'history', id: argument.replaceAll('`', '').toLowerCase() || undefined, on }
        : unknown(on);
    case 'contacts-except':
      return exceptOf(argument, defaultCountry, on);
    case undefined:
      return unknown(on);
    default:
      if (more.length > 0) return unknown(on);
      return word === 'help' || word === 'status'
        ? { kind: word, on }
        : { kind: 'change', asked: asked(word), on };
  }
}

function unknown(on: string | undefined): Said {
  return { kind: 'not-understood', on };
}

/** `… on sales`, or `… em sales`, at the end. */
function withoutNumber(text: string): { rest: string; on: string | undefined } {
  const [end, on] = /(?:^|\s)(?:on|em|no|na)\s+(\S.*)$/iu.exec(text) ?? [];
  return end === undefined ? { rest: text, on: undefined } : { rest: text.slice(0, -end.length), on };
}

/** `+` hides from a number, `-` shows again to it. */
function exceptOf(text: string, country: Country | undefined, on: string | undefined): Said {
  // To be told that it is too long, not to be looked through.
  if (text.length > longestText)
    return { kind: 'change', asked: { ...asked('contacts-except'), hide: text }, on };
  const list = text.replace(/[ ,;]*[,;][ ,;]*/g, ',');
  const parts = list.split(/(?:^|[ ,])(?=[+-][\d(])/).filter(Boolean);
  if (!parts.every((part) => /^[+-][\d(]/.test(part))) return unknown(on);
  const signed = (sign: string) =>
    parts.filter((part) => part.startsWith(sign)).map((part) => part.slice(1).replace(/,$/, ''));
  const shownAgain = signed('-');
  return {
    kind: 'change',
    asked: {
      ...asked('contacts-except'),
      hide: signed('+')
        .map((number) => asTyped(number, country))
        .join('\n'),
      showAgain: shownAgain
        .filter((entry) => !isPrivateId(entry))
        .map((number) => asTyped(number, country))
        .join('\n'),
      showAgainPicked: shownAgain.filter(isPrivateId),
    },
    on,
  };
}

/** The sign says what to do; whether a country code follows is seen from the number. */
function asTyped(number: string, country: Country | undefined): string {
  const international = parsePhone(`+${number}`);
  const isNational = (!international || international.unusual) && parsePhone(number, country) !== undefined;
  return isNational ? number : `+${number}`;
}

function asked(visibility: Visibility): AskedChange {
  return { visibility, hide: '', hidePicked: [], showAgain: '', showAgainPicked: [] };
}

function isPrivateId(text: string): boolean {
  return /^\d+@lid$/.test(text);
}

function isId(text: string): boolean {
  return /^`?\w{0,40}`?$/.test(text);
}

function plain(text: string): string {
  return (
    text
      // What Slack's clients make of a number.
      .replace(/<tel:[^|<>]*\|([^<>]*)>/g, '$1')
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .replace(/[\p{Pd}\u2212]/gu, '-')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

function unaccented(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
