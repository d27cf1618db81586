import type { Sentences } from '../en/english.ts';

export const access: Sentences['access'] = {
  whoever: 'quem administra o bot',
  or: ' ou ',
  refused: {
    outsider: ({ setting, whom }) =>
      `Só pessoas deste workspace podem alterar o ${setting} com este bot, e você é de outro. Nada foi alterado. Se precisar desse acesso, fale com ${whom}.`,
    guest: ({ setting, whom }) =>
      `Convidados não podem alterar o ${setting} com este bot. Nada foi alterado. Se precisar desse acesso, fale com ${whom}.`,
    nobody: ({ setting, whom }) =>
      `Esta conta não pode alterar o ${setting} com este bot. Nada foi alterado. Se ela precisar desse acesso, fale com ${whom}.`,
    'not-listed': ({ setting, whom }) =>
      `Você não está entre as pessoas que podem alterar o ${setting} com este bot. Nada foi alterado. Se precisar desse acesso, fale com ${whom}.`,
    'other-channel': ({ setting, channels, whom }) =>
      `Não é possível alterar o ${setting} a partir daqui. Nada foi alterado. Vá para ${channels} ou fale com ${whom}.`,
    unreadable: ({ whom }) =>
      `O Slack não informou quem você é, e por isso o bot não pôde liberar o acesso. Nada foi alterado. Tente novamente em um minuto; se continuar, fale com ${whom}.`,
  },
  tooMany: {
    'by-person': {
      one: (most) => `Você fez ${most} alteração na última hora, e esse é o limite.`,
      other: (most) => `Você fez ${most} alterações na última hora, e esse é o limite.`,
    },
    'of-number': {
      one: (most) => `Este número teve ${most} alteração na última hora, e esse é o limite.`,
      other: (most) => `Este número teve ${most} alterações na última hora, e esse é o limite.`,
    },
  },
  nextAt: (when) => `Nada foi alterado. Tente novamente a partir de ${when}.`,
  chooseNumber: '*Escolha primeiro o número.* Nada foi alterado ainda.',
  numberChanged:
    '*Outro número foi escolhido.* As pessoas selecionadas antes eram do outro número. Nada foi alterado ainda. Confira e salve novamente.',
};
