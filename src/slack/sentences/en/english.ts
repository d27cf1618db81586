import { audit } from './audit.ts';
import { command } from './command.ts';
import { form } from './form.ts';
import { history } from './history.ts';
import { names } from './names.ts';
import { outcome } from './outcome.ts';
import { undo } from './undo.ts';

/** Every sentence that the bot says, in English. Mrkdwn, unless a comment says plain. */
export const english = { names, form, outcome, audit, command, history, undo };

/** What every language must have, sentence by sentence: English is the model. */
export type Sentences = typeof english;
