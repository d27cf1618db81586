import { describe, expect, jest, test } from '@jest/globals';
import { buttonsOf, press, questionBefore } from '../buttons.ts';
import { toldNext } from '../save-change.ts';
import { englishWordsIn } from '../slack/english-words.ts';
import {
  modes,
  openForm,
  publicChannel,
  saidIn,
  startWorld,
  toldIn,
  type World,
  type WorldOptions,
  whispered,
} from '../world.ts';

const path = '/privacy/last-seen';
const excepting = 'Meus contatos, exceto…';

function startPortuguese(options: WorldOptions): Promise<World> {
  return startWorld({ ...options, env: { LOCALE: 'pt-BR' } });
}

/** Types words after the command, and waits for the answer. */
async function answerTo(world: World, words: string): Promise<string> {
  const before = whispered(world, world.ana).length;
  await world.ana.types(publicChannel, `/lastseen ${words}`);
  return world.slack.until(() => whispered(world, world.ana)[before], `an answer to “${words}”`, 10_000);
}

/** Every text that Slack shows of the bot, whatever it is a part of. */
function everythingSaid(world: World): string[] {
  const textsOf = (node: unknown): string[] => {
    if (Array.isArray(node)) return node.flatMap(textsOf);
    if (typeof node !== 'object' || node === null) return [];
    return Object.entries(node).flatMap(([key, value]) =>
      key === 'text' && typeof value === 'string' ? [value] : textsOf(value),
    );
  };
  const messages = world.slack.messages(publicChannel).filter(({ via }) => via !== 'person');
  const modal = world.ana.modal();
  const form = modal ? [modal.title, modal.submit, modal.close, ...Object.values(modal.errors)] : [];
  return [...messages.map(({ text }) => text), ...textsOf([messages, modal?.blocks]), ...form]
    .filter((text) => text !== undefined)
    .map(String);
}

function expectNoEnglish(world: World): void {
  const left = everythingSaid(world).filter((text) => englishWordsIn(text).length > 0);
  expect(left).toEqual([]);
}

// Real waits, on a machine that may be busy.
jest.setTimeout(60_000);

describe.each(modes)('in Portuguese, in %s mode,', (mode) => {
  test('the form asks, and the team is told', async () => {
    await using world = await startPortuguese({ mode, hidden: ['5531912345678'] });
    const form = await openForm(world);
    expect(form.open()).toMatchObject({ title: 'Visto por último', submit: 'Salvar', close: 'Cancelar' });
    expect(form.labels()).toEqual(['Quem pode ver o visto por último']);
    expect(form.options()).toEqual(['Todos', 'Meus contatos', excepting, 'Ninguém']);
    await form.choose(excepting);
    await form.says('*Na lista agora (1):* +55 31 91234-5678');
    expectNoEnglish(world);

    await form.write('Ocultar de', 'Ana');
    await form.save();
    expect(form.error('Ocultar de')).toBe(
      'Linha 1: “Ana” não é um número de telefone. Corrija-o e não digite mais nada junto.',
    );
    expectNoEnglish(world);

    await form.write('Ocultar de', '+55 (11) 98765-4321\n5521912345678');
    await form.save();
    const message = await toldNext(world, 0);
    expect(message.text).toBe(
      `Visto por último alterado: <@U0ANA> alterou quem pode ver o visto por último do número +55 11 •••••-1000 (Padaria Sol) para ${excepting} (ocultar de 2). Verificado: a lista foi lida de novo e mostra a alteração.`,
    );
    expect(saidIn(message)).toContain('*Agora oculto de 2 pessoas:* +55 11 •••••-4321 e +55 21 •••••-5678');
    expect(saidIn(message)).toMatch(
      /\{date_short_pretty\} às \{time\}\|\d\d\/\d\d\/\d{4}, \d\d:\d\d UTC> · alteração `\w+`/,
    );
    expect(world.account.disallowed).toContain('5511987654321');
    expectNoEnglish(world);
  });

  test('a failure says that nothing was changed, and can be tried again', async () => {
    await using world = await startPortuguese({ mode });
    world.zapi.inject({ kind: 'success-false', path });
    const form = await openForm(world);
    await form.choose('Ninguém');
    await form.save();
    await form.says(
      '*Não foi salvo.* A Z-API recusou a alteração e não informou o motivo. A configuração não foi alterada. Tente novamente',
    );
    expect(form.open().submit).toBe('Salvar novamente');
    const message = await toldNext(world, 0);
    expect(message.text).toMatch(
      /^Visto por último não alterado: <@U0ANA> tentou alterar .* para Ninguém\. A Z-API recusou/,
    );
    expect(buttonsOf(message)).toEqual(['Tentar novamente']);
    await world.ana.closes();
    await press(world.ana, message, 'Tentar novamente');
    await form.says('mais uma vez. Nada foi alterado ainda.');
    expectNoEnglish(world);
  });

  test('an undo is asked about, and told', async () => {
    await using world = await startPortuguese({ mode });
    for (const [index, option] of ['Ninguém', 'Todos'].entries()) {
      const form = await openForm(world);
      await form.choose(option);
      await form.save();
      await toldNext(world, index);
    }
    const [, changed] = toldIn(world, publicChannel);
    if (!changed) throw new Error('nobody was told');
    expect(questionBefore(changed, 'Desfazer')).toEqual([
      'Desfazer esta alteração?',
      'Quem pode ver o visto por último volta a ser: Ninguém.',
      'Desfazer',
      'Cancelar',
    ]);
    await press(world.bruno, changed, 'Desfazer');
    expect((await toldNext(world, 2)).text).toMatch(/ para Ninguém\. Isso desfaz a alteração \w+\.$/);
    expectNoEnglish(world);
  });

  test('the words after the command are answered, those of English too', async () => {
    await using world = await startPortuguese({ mode, hidden: ['5511987654321'] });
    const help = await answerTo(world, 'ajuda');
    expect(help).toContain('• `/lastseen histórico` mostra as últimas alterações');
    expect(await answerTo(world, 'help')).toBe(help);
    expect(await answerTo(world, 'status')).toBe(
      [
        '*Visto por último do número +55 11 94000-1000 (Padaria Sol)*',
        '• Quem pode ver: ainda não se sabe. Este bot não alterou esta configuração, e a Z-API não permite consultá-la.',
        '• Na lista de *Meus contatos, exceto…*: 1 pessoa.',
        '• Celular: conectado à Z-API.',
      ].join('\n'),
    );
    const form = await openForm(world);
    await form.choose('Ninguém');
    await form.save();
    const message = await toldNext(world, 0);
    const [, id = ''] = /alteração `(\w+)`/.exec(saidIn(message)) ?? [];
    const title = 'Alterações do visto por último, da mais recente à mais antiga';
    // Written with an accent, with the accent as a character of its own, without one, and in English.
    for (const word of ['histórico', 'HISTO\u0301RICO', 'historico', 'history'])
      expect(await answerTo(world, word)).toBe(title);
    expect(await answerTo(world, `histórico ${id}`)).toContain(
      `*Alteração \`${id}\` do visto por último: feita*\n• Quem pode ver: *Ninguém*`,
    );
    expect(await answerTo(world, 'Fulano')).toBe(`Não entendi “Fulano”. Nada foi alterado.\n${help}`);
    expectNoEnglish(world);
  });
});

test.each(modes)('in English, in %s mode, the Portuguese words are answered too', async (mode) => {
  await using world = await startWorld({ mode });
  expect(await answerTo(world, 'ajuda')).toBe(await answerTo(world, 'help'));
  expect(await answerTo(world, 'histórico')).toBe('This bot has not been asked for any change yet.');
  // What `everythingSaid` looks for is there, where it is not Portuguese.
  expect(everythingSaid(world).every((text) => englishWordsIn(text).length > 0)).toBe(true);
});
