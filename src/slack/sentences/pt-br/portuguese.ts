import type { Sentences } from '../en/english.ts';
import { access } from './access.ts';
import { audit } from './audit.ts';
import { command } from './command.ts';
import { form } from './form.ts';
import { history } from './history.ts';
import { line } from './line.ts';
import { names } from './names.ts';
import { outcome } from './outcome.ts';
import { undo } from './undo.ts';

/** Every sentence that the bot says, in the Portuguese of Brazil. */
export const portuguese: Sentences = { names, access, form, outcome, audit, command, line, history, undo };
