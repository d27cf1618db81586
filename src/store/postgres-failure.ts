import { DatabaseError } from 'pg';
import { UnfitStore } from '../privacy/ports.ts';
import { codeOf, DatabaseFailure } from './store-failure.ts';

// postgresql.org/docs/current/errcodes-appendix.html. With these the server ends the connection, or its statement, at a
// moment of its own, and that may be after the commit and before the answer.
const interruptions = /^(08|57|58|XX|25P03|25P04)/;

/** What an error of `pg` means, for a statement that was sent. */
export function postgresFailure(error: unknown): DatabaseFailure {
  if (error instanceof DatabaseFailure) return error;
  if (!isReply(error)) return new DatabaseFailure(codeOf(error) ?? codeOfWords(error), true);
  const code = error.code ?? 'PostgreSQL';
  return new DatabaseFailure(code, interruptions.test(code));
}

/** Whether the server said so itself. */
function isReply(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError;
}

/** `pg` has no codes for these; the words are its own, and are not passed on. */
function codeOfWords(error: unknown): string {
  const words = error instanceof Error ? error.message : '';
  if (/^SASL/.test(words)) return 'no-password';
  if (/timeout/.test(words)) return 'timeout';
  if (/not support SSL/.test(words)) return 'no-tls';
  return 'connection lost';
}

const unfit: Record<string, string> = {
  '28P01': 'PostgreSQL refused the user or the password. Correct them in the database URL.',
  '28000':
    'PostgreSQL does not let this user in from here. Correct the database URL, or pg_hba.conf on the server.',
  'no-password': 'PostgreSQL asks for a password. Add it to the database URL.',
  'no-tls':
    'PostgreSQL does not offer TLS, which the database URL asks for. Correct sslmode in the database URL.',
  '3D000': 'PostgreSQL has no database of that name. Create it, or correct the name in the database URL.',
  '3F000':
    'PostgreSQL has no schema in which to create tables. Create one, and name it in the search_path of the user.',
  '42501':
    'The user of the database may not create tables or not use them. Grant CREATE and USAGE on the schema, or name the owner of the tables in the database URL.',
  ERR_INVALID_URL: 'The database URL is not one that PostgreSQL can be reached by. Correct it.',
};

/** `UnfitStore` in place of a failure to open that trying again does not mend; any other error as it is. */
export function withoutUnfit(error: unknown): unknown {
  const sentence = unfit[codeOf(error) ?? ''];
  return sentence === undefined ? error : new UnfitStore(sentence);
}
