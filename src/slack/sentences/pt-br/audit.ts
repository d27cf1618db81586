import type { Sentences } from '../en/english.ts';
import { alike } from '../plural.ts';

type Deeds = Sentences['audit']['deeds'];

const changed: Deeds['applied'] = ({ by, setting, number, visibility }) =>
  `${by} alterou quem pode ver o ${setting} do número ${number} para ${visibility}`;

const triedToChange: Deeds['failed'] = ({ by, setting, number, visibility }) =>
  `${by} tentou alterar quem pode ver o ${setting} do número ${number} para ${visibility}`;

export const audit: Sentences['audit'] = {
  titles: {
    applied: (setting) => `${setting} alterado`,
    partly: (setting) => `${setting} alterado só em parte`,
    failed: (setting) => `${setting} não alterado`,
    unknown: (setting) => `${setting} talvez não tenha sido alterado`,
    expired: (setting) => `${setting} não alterado`,
  },
  deeds: {
    applied: changed,
    failed: triedToChange,
    unknown: triedToChange,
    expired: triedToChange,
  },
  unknownNumber: 'de WhatsApp',
  hideFrom: alike((count) => `ocultar de ${count}`),
  showAgainTo: alike((count) => `mostrar novamente para ${count}`),
  undoes: (id) => `Isso desfaz a alteração ${id}.`,
  wasToUndo: (id) => `O objetivo era desfazer a alteração ${id}.`,
  listStays: 'A lista de pessoas continua como estava.',

  notTold: (channel, message) =>
    `Não posso publicar em ${channel}; por isso, a sua equipe não foi avisada disto: ${message}\nConvide-me para o canal com \`/invite\` ou altere o visto por último em um canal no qual eu possa publicar.`,
  perhapsNotTold: (channel, message) =>
    `O Slack não informou se recebeu a minha mensagem em ${channel}. Se ela não estiver lá, a sua equipe não foi avisada disto: ${message}`,
};
