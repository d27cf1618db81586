import type { Sentences } from '../en/english.ts';
import { alike } from '../plural.ts';
import { names } from './names.ts';

const hide = 'Ocultar de';
const showAgain = 'Mostrar novamente para';

export const form: Sentences['form'] = {
  fields: {
    question: (setting) => `Quem pode ver o ${setting}`,
    choose: 'Escolha quem pode ver',
    hide,
    hideHint: 'Pessoas que entram na lista. Um número por linha, com o código do país.',
    hideHintWithCountry: 'Pessoas que entram na lista. Um número por linha.',
    numbersPlaceholder: '+55 11 91234-5678',
    hidePicked: 'Ocultar de contatos',
    hidePickedHint: 'O mesmo, escolhendo entre os contatos do WhatsApp.',
    hidePickedPlaceholder: 'Pesquise por nome ou número',
    showAgain,
    showAgainHint: 'Pessoas que saem da lista.',
    showAgainPlaceholder: 'Pesquise na lista por nome ou número',
    number: 'Número de WhatsApp',
    chooseNumber: 'Escolha o número',
  },
  buttons: {
    save: 'Salvar',
    saveAgain: 'Salvar novamente',
    saveAnyway: 'Salvar mesmo assim',
    cancel: 'Cancelar',
    close: 'Fechar',
  },
  now: (standing) => `Agora: ${standing}`,
  hints: [
    'Quem não compartilha o visto por último não pode ver o de outras pessoas.',
    'Ocultar o visto por último não oculta quando o número está *online*.',
    'Cada configuração de privacidade do WhatsApp tem uma lista própria.',
  ],
  changesNumber: (number) => `A alteração vale para o número ${number}, usado por toda a equipe.`,
  changesUnknownNumber: 'A alteração vale para o número de WhatsApp de toda a equipe.',

  nobodyOnTheList: 'Não há ninguém na lista agora.',
  onTheList: alike((count) => `Na lista agora (${count}):`),
  moreOnTheList: alike((count) => ` e mais ${count}`),
  readingList: 'Lendo quem está na lista agora…',
  listUnavailable:
    'A Z-API não consegue informar agora quem está na lista. Mesmo assim, você pode salvar alterações.',

  saving: '*Salvando…* Você pode fechar esta janela: o resultado será publicado para a sua equipe.',
  saved: '*Salvo.*',
  savedPartly: '*Salvo só em parte.*',
  savedAs: (question, visibility) => `${question}: ${visibility}`,
  toldElsewhere: (channel) => `A mensagem para a sua equipe vai para ${channel}.`,
  toldSoon: 'A mensagem para a sua equipe está a caminho.',
  notSaved: '*Não foi salvo.*',
  perhapsNotSaved: '*Talvez não tenha sido salvo.*',

  lookAgain: '*Confira mais uma vez:*',
  unusual: {
    one: (number, press) =>
      `${number} não está em nenhuma faixa de números conhecida do país. Nada foi alterado ainda. Corrija o número ou, se ele estiver certo, clique em *${press}*.`,
    other: (numbers, press) =>
      `${numbers} não estão em faixas de números conhecidas dos respectivos países. Nada foi alterado ainda. Corrija os números ou, se eles estiverem certos, clique em *${press}*.`,
  },

  picker: {
    contactsUnavailable: 'A Z-API não informa os contatos agora. Digite o número acima.',
    contactsComing: 'Ainda lendo os contatos. Digite de novo daqui a pouco.',
    listUnavailable: 'A Z-API não informa a lista agora. Digite aqui o número completo.',
  },
  problems: {
    notChosen: (setting) => `Escolha quem pode ver o ${setting}.`,
    notAPhone: {
      'too-short': (line, typed) =>
        `Linha ${line}: “${typed}” é curto demais para um número de telefone. Digite todos os dígitos, com o código de área, se houver.`,
      'too-long': (line, typed) =>
        `Linha ${line}: “${typed}” é longo demais para um número de telefone. Retire o que não faz parte dele.`,
      'no-area-code': (line, typed) =>
        `Linha ${line}: “${typed}” não é um número de telefone completo. Digite-o com o DDD, como em (11) 91234-5678.`,
      'no-country-code': (line, typed) =>
        `Linha ${line}: “${typed}” não é um número de telefone com o código do país. Digite-o com + e o código no início, como em +55 11 91234-5678.`,
      other: (line, typed) =>
        `Linha ${line}: “${typed}” não é um número de telefone. Corrija-o e não digite mais nada junto.`,
    },
    repeated: (line, typed, firstLine) => `Linha ${line}: “${typed}” é o mesmo número da linha ${firstLine}.`,
    repeatedOtherwise: (line, typed, firstLine) =>
      `Linha ${line}: “${typed}” é o mesmo número da linha ${firstLine} (com e sem o nono dígito).`,
    inBoth: (person) => `${person} também está entre as pessoas a ocultar. Deixe em só um dos dois.`,
    notOnWhatsApp: {
      one: (numbers) => `${numbers} não está no WhatsApp. Nada foi alterado. Corrija o número ou retire-o.`,
      other: (numbers) =>
        `${numbers} não estão no WhatsApp. Nada foi alterado. Corrija os números ou retire-os.`,
    },
    tooLong: alike(
      (most) =>
        `O texto tem mais de ${most} caracteres. Salve primeiro uma parte dos números e depois o restante.`,
    ),
    more: alike((count) => `E mais ${count}.`),
    nobodyExcepted: `Ainda não há ninguém na lista. Digite pelo menos um número para ocultar ou escolha ${names.visibilities.contacts}.`,
  },

  standing: {
    unread: '*não se sabe*. O bot ainda não conseguiu ler o registro de alterações.',
    never: 'ainda não se sabe. Este bot não alterou esta configuração, e a Z-API não permite consultá-la.',
    set: (visibility, by, when) =>
      `${visibility}, conforme definido aqui por ${by}, ${when}. Não se sabe o que foi alterado no celular desde então.`,
    perhaps: (by, when) =>
      `*não se sabe*. A última alteração, de ${by}, ${when}, pode ter sido feita ou não.`,
  },
  outdated:
    'Este formulário é de uma versão anterior do bot. Nada foi alterado. Feche-o e digite o comando novamente.',
};
