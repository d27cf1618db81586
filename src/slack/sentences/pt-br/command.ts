import type { Sentences } from '../en/english.ts';
import { names } from './names.ts';

const { help, status, history, everyone, contacts, nobody } = names.commandWords;
const { 'contacts-except': except, on } = names.commandWords;

export const command: Sentences['command'] = {
  help: {
    purpose: (command, setting) =>
      `*${command}* altera quem pode ver o *${setting}* do número de WhatsApp da sua equipe.`,
    form: (command, choices) =>
      `\`${command}\` abre o formulário, com as opções ${choices}. O que você salvar será publicado para toda a equipe.`,
    change: (command) =>
      `\`${command} ${everyone}\`, \`${command} ${contacts}\` ou \`${command} ${nobody}\` altera sem o formulário.`,
    except: (command) =>
      `\`${command} ${except} +55 11 91234-5678 -55 21 99876-5432\` oculta dos números depois de \`+\` e mostra novamente para os que vêm depois de \`-\`.`,
    on: (first, numbers) => `Coloque \`${on} ${first}\` no fim para indicar um dos seus números: ${numbers}.`,
    status: (command) =>
      `\`${command} ${status}\` mostra o que este bot definiu por último, quantas pessoas estão na lista e se o celular está conectado.`,
    history: (command) =>
      `\`${command} ${history}\` mostra as últimas alterações, e \`${command} ${history} &lt;id&gt;\`, uma delas por completo.`,
    help: (command) => `\`${command} ${help}\` mostra esta ajuda.`,
  },
  notUnderstood: (typed) => `Não entendi “${typed}”. Nada foi alterado.`,
  unknownCommand: `Este bot não conhece esse comando. Nada foi alterado. Digite \`/lastseen ${help}\`.`,

  formDidNotOpen: {
    'too-late': (command) =>
      `O formulário não abriu: o Slack esperou demais por ele. Nada foi alterado. Digite \`${command}\` novamente.`,
    refused: (command) =>
      `O formulário não abriu: o Slack não o aceitou. Nada foi alterado. Digite \`${command}\` novamente.`,
    lost: (command) =>
      `O Slack não informou se abriu o formulário. Nada foi alterado. Se o formulário não apareceu, digite \`${command}\` novamente.`,
  },
  notRecorded:
    'O bot não consegue gravar o registro de alterações agora e, por isso, não aceitou este pedido. Nada foi alterado. Tente novamente em um minuto; se o problema continuar, avise quem administra o bot.',
  perhapsRecorded:
    'O banco de dados do bot não informou se aceitou este pedido. Se aceitou, a alteração será feita e publicada para a sua equipe: confira lá antes de tentar novamente.',
  journalUnreadable:
    'O bot não consegue ler o registro de alterações agora. Nada foi alterado. Tente novamente em um minuto; se o problema continuar, avise quem administra o bot.',
  restarting: 'O bot está reiniciando. Nada foi alterado. Tente novamente em um minuto.',
  brokenStep: (reference) =>
    `Algo deu errado neste bot, e esta etapa não foi concluída. A configuração não foi alterada por ela. Tente novamente; se acontecer de novo, informe esta referência a quem administra o bot: ${reference}`,
};
