import type { Sentences } from '../en/english.ts';
import { alike } from '../plural.ts';
import { names } from './names.ts';

const choose = (command: string) => `Escolha o que você quer com \`${command}\`.`;

export const undo: Sentences['undo'] = {
  buttons: {
    undo: 'Desfazer',
    tryAgain: 'Tentar novamente',
    question: 'Desfazer esta alteração?',
    confirm: 'Desfazer',
    deny: 'Cancelar',
  },
  consequences: {
    goesBackTo: (question, visibility) => `${question} volta a ser: ${visibility}`,
    onNumber: (number, what) => `No número ${number}, ${what}`,
    shownAgain: alike((count) => `Mostrado novamente para: ${count}.`),
    hidden: alike((count) => `Oculto de: ${count}.`),
    leavesList: 'A lista de pessoas continua como está, mas fica sem efeito.',
  },

  refused: {
    notApplied: (id) =>
      `A alteração \`${id}\` não pode ser desfeita: não se sabe se ela foi feita. Nada foi alterado.`,
    undone: (id, by, undoneBy) =>
      `A alteração \`${id}\` já foi desfeita por ${by}, com a alteração \`${undoneBy}\`. Nada foi alterado agora.`,
    followed: (id, newer, by, command) =>
      `A alteração \`${id}\` não pode ser desfeita: depois dela veio a alteração \`${newer}\`, de ${by}. Nada foi alterado. ${choose(command)}`,
    underWay: (id, newer, by) =>
      `A alteração \`${id}\` não pode ser desfeita agora: a alteração \`${newer}\`, de ${by}, está em andamento. Nada foi alterado. Aguarde até que ela termine e confira novamente.`,
    beforeUnknown: (id, command) =>
      `A alteração \`${id}\` não pode ser desfeita: este bot não sabe o que estava definido antes. Nada foi alterado. ${choose(command)}`,
    listUnknown: (id, command) =>
      `A alteração \`${id}\` não pode ser desfeita: este bot não sabe mais quem estava na lista antes. Nada foi alterado. ${choose(command)}`,
    nothingChanged: (id) =>
      `A alteração \`${id}\` não pode ser desfeita: este bot já tinha definido o mesmo antes. Nada foi alterado.`,
  },
  undoing: (id) => `Desfazendo a alteração \`${id}\`… O resultado será publicado para a sua equipe.`,
  endedElsewhere: (id, channel) =>
    `O pedido para desfazer a alteração \`${id}\` terminou. O resultado está em ${channel}.`,
  unknownChange: `O registro do bot não tem nenhuma alteração com esse ID. Nada foi alterado. \`/lastseen ${names.commandWords.history}\` mostra as últimas.`,

  again: {
    reading: 'Lendo o que seria alterado… Se nada aparecer, feche esta janela e clique no botão novamente.',
    which: (id) => `Esta é a alteração \`${id}\`, mais uma vez.`,
    perhapsMade: `Não se sabe se ela foi feita: confira primeiro no celular (${names.phonePath}). Ao salvar, ela será feita novamente.`,
    notMade: 'Nada foi alterado ainda.',
    erased: 'Os números de telefone dela foram apagados depois de um tempo: digite-os novamente.',
    leftOut: {
      one: (count) =>
        `*${count} dos números não coube aqui e ficou de fora.* Salve estes primeiro e depois o restante.`,
      other: (count) =>
        `*${count} dos números não couberam aqui e ficaram de fora.* Salve estes primeiro e depois o restante.`,
    },
  },
};
