import type { Sentences } from '../en/english.ts';
import { names } from './names.ts';

export const line: Sentences['line'] = {
  whichNumber: (numbers) =>
    `Você pode alterar vários números. Nada foi alterado. Indique qual deles no fim do comando: ${numbers}.`,
  unknownNumber: (typed, numbers, whom) =>
    `Não encontrei um número “${typed}” que você possa alterar aqui. Nada foi alterado. Indique qual deles no fim do comando: ${numbers}. Se deveria aparecer, fale com ${whom}.`,
  onNumber: (name) => `\`${names.commandWords.on} ${name}\``,
  tooLong: 'Isto é longo demais para uma linha. Nada foi alterado. Use o formulário.',
  notTaken: 'Nada foi alterado.',

  moreMaySee: '*Com isso, mais pessoas poderão ver.*',
  nowUnknown: '*Não se sabe o que está definido agora*; com isso, talvez mais pessoas possam ver.',
  ask: (setting, number, now, next) =>
    `Quem pode ver o ${setting} do número ${number}: ${now} → ${next} Nada foi alterado ainda.`,
  unknown: 'desconhecido',
  buttons: { confirm: 'Alterar', cancel: 'Cancelar' },
  cancelled: 'Nada foi alterado.',
  making: 'Salvando… O resultado será publicado para a sua equipe.',
  ended: (channel) => `Sua alteração foi concluída. O resultado está publicado em ${channel}.`,
};
