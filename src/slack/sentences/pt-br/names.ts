import type { Sentences } from '../en/english.ts';
import { alike } from '../plural.ts';

/** As WhatsApp says it in Brazil. */
export const names: Sentences['names'] = {
  settings: { 'last-seen': 'visto por último' },
  visibilities: {
    everyone: 'Todos',
    contacts: 'Meus contatos',
    'contacts-except': 'Meus contatos, exceto…',
    nobody: 'Ninguém',
  },
  phonePath: 'Configurações → Privacidade → Visto por último e online',
  commandWords: {
    help: 'ajuda',
    status: 'status',
    history: 'histórico',
    everyone: 'todos',
    contacts: 'contatos',
    'contacts-except': 'exceto',
    nobody: 'ninguém',
    on: 'em',
  },
  dateAndTime: '{date_short_pretty} às {time}',
  change: (id) => `alteração \`${id}\``,
  yourNumber: 'de WhatsApp da sua equipe',
  privateId: (id) => `um ID privado do WhatsApp (${id})`,
  more: alike((count) => ` e mais ${count}`),
};
