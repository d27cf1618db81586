import type { Sentences } from '../en/english.ts';
import { names } from './names.ts';

const { phonePath } = names;

export const outcome: Sentences['outcome'] = {
  notChanged: 'A configuração não foi alterada.',
  perhapsChanged: `Não se sabe se a configuração foi alterada: confira no celular (${phonePath}).`,
  notOnTheList: `Não se sabe se a configuração foi alterada: a lista foi lida novamente e ainda não mostra a alteração. Confira no celular (${phonePath}).`,
  ifNotChanged: (next) => `Se não foi, ${next}`,

  failures: {
    credentials: {
      happened: 'A Z-API não aceitou os tokens deste bot.',
      next: 'Peça a quem administra o bot que confira ZAPI_CLIENT_TOKEN e ZAPI_INSTANCE_TOKEN no painel da Z-API.',
    },
    'instance-not-found': {
      happened: 'A Z-API não conhece a instância configurada neste bot.',
      next: 'Peça a quem administra o bot que confira ZAPI_INSTANCE_ID e ZAPI_INSTANCE_TOKEN no painel da Z-API.',
    },
    'subscription-lapsed': {
      happened: 'A assinatura da Z-API deste número terminou.',
      next: 'Renove a assinatura no painel da Z-API e salve novamente.',
    },
    disconnected: {
      happened: 'O celular deste número não está conectado à Z-API.',
      next: 'Abra a instância no painel da Z-API, conecte o celular com o QR Code e salve novamente.',
    },
    'address-not-allowed': {
      happened: 'A Z-API não aceita requisições do endereço de rede deste bot.',
      next: 'Peça a quem administra o bot que inclua o endereço na lista de permissões no painel da Z-API.',
    },
    refused: {
      happened: 'A Z-API recusou a alteração e não informou o motivo.',
      next: `Tente novamente em um minuto. Se a recusa se repetir, talvez o problema não seja com você: às vezes, o WhatsApp muda algo que impede esta alteração para todo mundo. Enquanto isso, altere no celular (${phonePath}).`,
    },
    'invalid-phone': {
      happened: 'A Z-API não aceitou um dos números.',
      next: 'Confira os números, com o código do país, e salve novamente.',
    },
    'wrong-request': {
      happened: 'A Z-API não entendeu a requisição deste bot. A falha é do bot, não sua.',
      next: `Informe a quem administra o bot o ID que está sob a mensagem para a equipe e, enquanto isso, altere no celular (${phonePath}).`,
    },
    'rate-limited': {
      happened: 'A Z-API está recebendo requisições demais neste momento.',
      next: 'Aguarde um minuto e salve novamente.',
    },
    unavailable: {
      happened: 'A Z-API não está disponível neste momento.',
      next: 'Tente novamente em alguns minutos.',
    },
    timeout: {
      happened: 'A Z-API não respondeu a tempo.',
      next: 'Salve novamente em alguns minutos.',
    },
    'unexpected-reply': {
      happened: 'A Z-API deu uma resposta que este bot não entende.',
      next: 'Tente novamente em alguns minutos; se acontecer de novo, informe a quem administra o bot o ID que está sob a mensagem para a equipe.',
    },
    interrupted: {
      happened: 'O bot foi interrompido enquanto fazia esta alteração.',
      next: 'Salve novamente.',
    },
    overtaken: {
      happened: 'Outra alteração veio antes e foi feita, ou pode ter sido; por isso, nada foi desfeito.',
      next: 'Veja o que está definido agora e altere, se for preciso.',
    },
  },
  expired: {
    happened: 'Esta alteração esperou tempo demais e, por isso, não foi feita.',
    inShort: 'Esperou tempo demais.',
    next: 'Se ela ainda for necessária, salve novamente.',
  },

  list: {
    newlyHidden: {
      one: (count) => `Agora oculto de ${count} pessoa:`,
      other: (count) => `Agora oculto de ${count} pessoas:`,
    },
    hidden: { one: (count) => `Oculto de ${count} pessoa:`, other: (count) => `Oculto de ${count} pessoas:` },
    toHide: {
      one: (count) => `Para ocultar de ${count} pessoa:`,
      other: (count) => `Para ocultar de ${count} pessoas:`,
    },
    shownAgain: {
      one: (count) => `Mostrado novamente para ${count} pessoa:`,
      other: (count) => `Mostrado novamente para ${count} pessoas:`,
    },
    toShowAgain: {
      one: (count) => `Para mostrar novamente a ${count} pessoa:`,
      other: (count) => `Para mostrar novamente a ${count} pessoas:`,
    },
    alreadySo: {
      one: (count) => `Já estava assim para ${count} pessoa:`,
      other: (count) => `Já estava assim para ${count} pessoas:`,
    },
    notTaken: {
      one: (count) => `Não teve efeito para ${count} pessoa:`,
      other: (count) => `Não teve efeito para ${count} pessoas:`,
    },
  },
  proof: {
    verified: 'Verificado: a lista foi lida de novo e mostra a alteração.',
    'not-taken': `A Z-API confirmou a alteração, mas a lista não a mostra por inteiro. Confira no celular (${phonePath}) ou salve novamente.`,
    unread: 'Não verificado: não foi possível ler a lista de novo, ou ela não permite saber.',
  },
  notLookedUp:
    'Os números digitados não foram conferidos no WhatsApp antes: a Z-API não respondeu a tempo, ou não com clareza.',
  erased: (hide, showAgain) =>
    `Números dos quais ocultar: ${hide}; para os quais mostrar novamente: ${showAgain}. Os números em si foram apagados depois de um tempo.`,
};
