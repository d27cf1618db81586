import type { Locale } from '../../config.ts';
import { english, type Sentences } from '../sentences/en/english.ts';
import { portuguese } from '../sentences/pt-br/portuguese.ts';
import { createAccessMessages } from './access.ts';
import { createAuditMessages } from './audit.ts';
import { createCommandMessages } from './command.ts';
import { createFormMessages } from './form.ts';
import { createHistoryMessages } from './history.ts';
import { createLanguage } from './language.ts';
import { createLineMessages } from './line.ts';
import { createOutcomeMessages } from './outcome.ts';
import { createPhrasing } from './phrasing.ts';
import { createUndoMessages } from './undo.ts';

const sentencesIn: Record<Locale, Sentences> = { en: english, 'pt-BR': portuguese };

/** All that the bot says, by occasion. */
export type Messages = ReturnType<typeof messagesIn>;

/** All that the bot says in one language. */
export function messagesIn(locale: Locale) {
  const sentences = sentencesIn[locale];
  const phrasing = createPhrasing(sentences, createLanguage(locale));
  const outcome = createOutcomeMessages(sentences, phrasing);
  const form = createFormMessages(sentences, phrasing, outcome);
  const audit = createAuditMessages(sentences, phrasing, outcome);
  return {
    phrasing,
    outcome,
    form,
    audit,
    access: createAccessMessages(sentences, phrasing),
    line: createLineMessages(sentences, phrasing, outcome, form),
    command: createCommandMessages(sentences, phrasing),
    history: createHistoryMessages(sentences, phrasing, { outcome, form, audit }),
    undo: createUndoMessages(sentences, phrasing, form),
  };
}
