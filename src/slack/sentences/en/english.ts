import { access } from './access.ts';
import { audit } from './audit.ts';
import { command } from './command.ts';
import { form } from './form.ts';
import { history } from './history.ts';
import { line } from './line.ts';
import { names } from './names.ts';
import { outcome } from './outcome.ts';
import { undo } from './undo.ts';

/** Every sentence that the bot says, in English. Mrkdwn, unless a comment says plain. */
export const english = { names, access, form, outcome, audit, command, line, history, undo };

/** What every language must have, sentence by sentence: English is the model. */
export type Sentences = typeof english;
