import type { Sentences } from '../en/english.ts';

export const history: Sentences['history'] = {
  status: {
    title: (setting, number) => `${setting} do número ${number}`,
    unknownNumber: 'de WhatsApp da sua equipe',
    whoCanSee: (standing) => `Quem pode ver: ${standing}`,
    onTheList: (visibility, people) => `Na lista de ${visibility}: ${people}`,
    nobody: 'ninguém.',
    people: { one: (count) => `${count} pessoa.`, other: (count) => `${count} pessoas.` },
    peopleUnknown: 'a Z-API não consegue informar agora.',
    connected: 'Celular: conectado à Z-API.',
    notConnected:
      'Celular: *não conectado* à Z-API. Abra a instância no painel da Z-API e conecte o celular com o QR Code.',
    connectionUnknown: 'Celular: a Z-API não consegue informar agora se ele está conectado.',
  },

  title: (setting) => `Alterações do ${setting}, da mais recente à mais antiga`,
  newer: 'Mais recentes',
  older: 'Mais antigas',
  nothingYet: 'Ainda não foi pedida nenhuma alteração a este bot.',
  verdicts: {
    applied: 'feita',
    partly: 'feita só em parte',
    failed: 'não feita',
    unknown: 'talvez não tenha sido feita',
    expired: 'não feita',
    underWay: 'em andamento',
  },
  undoes: (id) => `desfaz \`${id}\``,
  onNumber: (number) => `no número ${number}`,

  inFull: {
    title: (id, setting, verdict) => `Alteração \`${id}\` do ${setting}: ${verdict}`,
    whoCanSee: (visibility) => `Quem pode ver: ${visibility}`,
    askedBy: (by, when) => `Pedida por ${by}, ${when}`,
    ended: (when) => `Encerrada: ${when}`,
    undoes: (id) => `Desfaz a alteração \`${id}\``,
    told: {
      told: (channel) => `Publicada para a equipe em ${channel}`,
      'perhaps-told': (channel) => `Talvez publicada para a equipe em ${channel}: o Slack não informou`,
      'person-told': (channel) =>
        `Não foi possível publicar em ${channel}; a pessoa foi avisada em uma mensagem direta`,
      'not-told': (channel) => `Não foi possível publicar em ${channel}`,
      notYet: (channel) => `Ainda não publicada; a mensagem vai para ${channel}`,
    },
  },
};
