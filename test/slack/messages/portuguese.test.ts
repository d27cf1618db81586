import { describe, expect, test } from '@jest/globals';
import { visibilities } from '../../../src/privacy/change.ts';
import { failureKinds } from '../../../src/privacy/journal-entry.ts';
import type { Phone } from '../../../src/privacy/phone.ts';
import { messagesIn } from '../../../src/slack/messages/messages-in.ts';
import type { Unsuccessful } from '../../../src/slack/messages/outcome.ts';
import { exceptChange, phones, someChange, someEnded, someEntry } from '../../privacy/some-changes.ts';

const { phrasing, outcome, form, audit, command, history, undo } = messagesIn('pt-BR');
const padaria = { label: undefined, own: { phone: '5511940001000' as Phone, name: 'Padaria Sol' } };
const unknownNumber = { label: undefined, own: undefined };
const path = 'Configurações → Privacidade → Visto por último e online';

test('things have the names that WhatsApp gives them in Brazil', () => {
  expect(phrasing.settingTitle('last-seen')).toBe('Visto por último');
  expect(visibilities.map((visibility) => phrasing.visibilityNames[visibility])).toEqual([
    'Todos',
    'Meus contatos',
    'Meus contatos, exceto…',
    'Ninguém',
  ]);
  expect(form.question('last-seen')).toBe('Quem pode ver o visto por último');
  expect([form.fields.hide, form.fields.showAgain]).toEqual(['Ocultar de', 'Mostrar novamente para']);
});

test('a time is in the zone of the reader, with words for where it can not be', () => {
  expect(phrasing.timeText(new Date('2026-11-23T02:05:01.500Z'))).toBe(
    '<!date^1795399501^{date_short_pretty} às {time}|23/11/2026, 02:05 UTC>',
  );
});

describe('one, two and a thousand are told apart, and written as in Brazil', () => {
  const onTheList = (hidden: number) =>
    history
      .statusText('last-seen', { last: 'never', number: padaria, hidden, connected: true })
      .split('\n')[2];

  test.each([
    [0, 'ninguém.'],
    [1, '1 pessoa.'],
    [2, '2 pessoas.'],
    [1_000, '1.000 pessoas.'],
    [1_000_000, '1.000.000 pessoas.'],
  ])('on the list: %i', (hidden, people) => {
    expect(onTheList(hidden)).toBe(`• Na lista de *Meus contatos, exceto…*: ${people}`);
  });

  test.each([
    [1, 'Oculto de 1 pessoa:', 'Mostrado novamente para 1 pessoa:'],
    [2, 'Oculto de 2 pessoas:', 'Mostrado novamente para 2 pessoas:'],
    [1_000, 'Oculto de 1.000 pessoas:', 'Mostrado novamente para 1.000 pessoas:'],
  ])('in a message: %i', (count, hidden, shown) => {
    const lines = outcome.listLines(
      someEnded({ change: exceptChange(phones(count), phones(count)) }),
      () => '#',
    );
    expect(lines).toEqual([
      expect.stringContaining(`*${hidden}* #`),
      expect.stringContaining(`*${shown}* #`),
    ]);
  });

  test.each([
    [1, '#'],
    [2, '# e #'],
    [3, '#, # e #'],
    [4, '#, #, # e mais 1'],
    [1_003, '#, #, # e mais 1.000'],
  ])('in a list: %i', (count, text) => {
    expect(phrasing.listed(phones(count), () => '#', 3)).toBe(text);
  });

  test.each([
    [1, '*1 dos números não coube aqui e ficou de fora.*'],
    [2, '*2 dos números não couberam aqui e ficaram de fora.*'],
    [1_000, '*1.000 dos números não couberam aqui e ficaram de fora.*'],
  ])('in a form that tries again: %i', (leftOut, words) => {
    expect(undo.tryingAgain(someEntry(), leftOut)).toContain(words);
  });

  test.each([
    [1, /\+55 20 98765-4321 não está em nenhuma faixa .* Corrija o número ou, se ele estiver certo,/],
    [2, /4321 e \+55 20 98765-4321 não estão em faixas .* Corrija os números ou, se eles estiverem certos,/],
    [21, /4321 e mais 1 não estão em faixas /],
  ])('at a second look: %i', (count, words) => {
    const { text, submit } = form.secondLook(Array.from({ length: count }, () => '5520987654321'));
    expect(text).toMatch(words);
    expect(text).toContain(`clique em *${submit}*.`);
    expect(submit).toBe('Salvar mesmo assim');
  });

  test('in an error under a field', () => {
    expect(form.fieldError('last-seen', [{ field: 'hide', kind: 'too-long' }])).toMatch(
      /^O texto tem mais de 3\.000 caracteres\. /,
    );
  });
});

describe('every failure', () => {
  const unsuccessful: Unsuccessful[] = [
    { kind: 'expired' },
    ...failureKinds.flatMap((failure): Unsuccessful[] => [
      { kind: 'failed', failure },
      { kind: 'unknown', failure },
      { kind: 'unknown', failure, notOnTheList: true },
    ]),
  ];
  const unchanged = ' A configuração não foi alterada. ';
  const nobodyKnows = ' Não se sabe se a configuração foi alterada: ';

  test.each(unsuccessful)('says what happened, whether the setting changed, what to do: %j', (failed) => {
    const text = outcome.failureText(failed);
    expect(text.includes(unchanged)).toBe(failed.kind !== 'unknown');
    expect(text.includes(nobodyKnows)).toBe(failed.kind === 'unknown');
    const [happened = '', next = ''] = text.split(failed.kind === 'unknown' ? nobodyKnows : unchanged);
    expect(happened).toMatch(/^\p{Lu}.*\.$/u);
    expect(next).toMatch(/^(?:\p{Lu}|confira no celular|a lista foi lida).*\.$/u);
    expect(text).toMatch(/(tente|salve|peça|avise|informe|aguarde|confira|veja|renove|abra)(?=[ ,]).*\.$/i);
    if (failed.kind === 'unknown') {
      expect(next).toContain(`onfira no celular (${path}). Se não foi, `);
      expect(next.split('Se não foi, ')[1]).toMatch(/^\p{Ll}/u);
    }
  });

  test('has words of its own', () => {
    const texts = failureKinds.map((failure) => outcome.failureText({ kind: 'failed', failure }));
    expect(new Set(texts).size).toBe(failureKinds.length);
  });

  test('leaves the names of variables as they are', () => {
    expect(outcome.failureText({ kind: 'failed', failure: 'credentials' })).toContain(
      'ZAPI_CLIENT_TOKEN e ZAPI_INSTANCE_TOKEN no painel da Z-API.',
    );
  });

  test('in the form can be tried again', () => {
    expect(form.failureNotice({ kind: 'failed', failure: 'timeout' })).toEqual({
      text: ':x: *Não foi salvo.* A Z-API não respondeu a tempo. A configuração não foi alterada. Salve novamente em alguns minutos.',
      submit: 'Salvar novamente',
    });
  });
});

describe('whoever is refused a step is told that nothing was changed', () => {
  test.each([
    ['words that are not understood', command.notUnderstood('last-seen', 'off')],
    ['a form that Slack waited for', command.formDidNotOpen('last-seen', 'too-late')],
    ['a form that Slack did not take', command.formDidNotOpen('last-seen', 'refused')],
    ['a form that Slack said nothing of', command.formDidNotOpen('last-seen', 'lost')],
    ['a restart', command.restarting],
    ['an unknown command', command.unknownCommand],
    ['an outdated form', form.outdatedForm],
    ['a number to look at again', form.secondLook(['5520987654321']).text],
    ['a broken step', command.brokenStep('abc123')],
    ['a journal that can not be written', command.notRecorded],
    ['a journal that can not be read', command.journalUnreadable],
    ['an undo of what is not there', undo.unknownChange],
    ['an undo', undo.noUndoText(someEntry(), { kind: 'nothing-changed' })],
  ])('%s', (_what, sentence) => {
    expect(sentence).toMatch(/Nada foi alterado|A configuração não foi alterada/);
  });
});

describe('the message for the team', () => {
  test('says who changed what, in bold and in one plain line', () => {
    const { headline, text } = audit.auditTexts(someEnded({ undoes: '0d2fh7k3m000' }), padaria);
    expect(headline).toBe(
      ':white_check_mark: *Visto por último alterado.* <@U0ANA> alterou quem pode ver o visto por último do número *+55 11 •••••-1000 (Padaria Sol)* para *Ninguém*. Isso desfaz a alteração `0d2fh7k3m000`.',
    );
    expect(text).toBe(
      'Visto por último alterado: <@U0ANA> alterou quem pode ver o visto por último do número +55 11 •••••-1000 (Padaria Sol) para Ninguém. Isso desfaz a alteração 0d2fh7k3m000.',
    );
  });

  test('counts, and brings no second full stop', () => {
    const change = exceptChange(phones(300), phones(2));
    expect(audit.auditTexts(someEnded({ change }), unknownNumber).text).toMatch(
      /do número de WhatsApp para Meus contatos, exceto… \(ocultar de 300, mostrar novamente para 2\)\.$/,
    );
    expect(audit.auditTexts(someEnded({ change: exceptChange([]) }), unknownNumber).headline).toMatch(
      /exceto…\*$/,
    );
  });

  test('that failed says that it was not changed', () => {
    const { headline } = audit.auditTexts(
      someEnded({ outcome: { kind: 'unknown', failure: 'timeout' }, change: someChange('everyone') }),
      padaria,
    );
    expect(headline).toMatch(
      /^:warning: \*Visto por último talvez não tenha sido alterado\.\* <@U0ANA> tentou alterar /,
    );
  });
});

test('the help shows the Portuguese words', () => {
  expect(command.helpText('last-seen').split('\n')).toEqual([
    '*/lastseen* altera quem pode ver o *visto por último* do número de WhatsApp da sua equipe.',
    '• `/lastseen` abre o formulário, com as opções *Todos*, *Meus contatos*, *Meus contatos, exceto…* e *Ninguém*. O que você salvar será publicado para toda a equipe.',
    '• `/lastseen todos`, `/lastseen contatos` ou `/lastseen ninguém` altera sem o formulário.',
    expect.stringMatching(/^• `\/lastseen exceto \+55 11 91234-5678 -55 21 99876-5432` oculta /),
    expect.stringMatching(/^• `\/lastseen status` mostra /),
    expect.stringMatching(/^• `\/lastseen histórico` mostra .*`\/lastseen histórico &lt;id&gt;`/),
    '• `/lastseen ajuda` mostra esta ajuda.',
  ]);
});
