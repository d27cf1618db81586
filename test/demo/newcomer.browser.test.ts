import { expect, test } from '@jest/globals';
import {
  accountOf,
  accounts,
  become,
  channel,
  choose,
  chooseNumber,
  composer,
  demo,
  faults,
  form,
  inForm,
  lastSaid,
  openForm,
  page,
  pick,
  picture,
  say,
  visitDemo,
} from './visit.ts';

visitDemo();

test('a newcomer hides two people and shows one again, and sees the message, the account and the request', async () => {
  await openForm();
  await choose('My contacts except…');
  await form().getByText('On the list now (4):').waitFor();
  await form().getByRole('textbox', { name: 'Hide from' }).first().fill('(21) 97777-5678');
  await pick('Hide from contacts', 'joao p', 'João Pedro Almeida · +55 11 98888-1234');
  await pick('Show again to', 'conceicao', 'Conceição Rocha (farinha) · +55 21 99876-0002');
  // The whole form, without scrolling.
  await page.setViewportSize({ width: 1280, height: 1100 });
  await picture('form', form());
  await page.setViewportSize({ width: 1280, height: 900 });
  await inForm('Hide from contacts').fill('a');
  await form().getByRole('option', { name: 'Antônio Sampaio' }).waitFor();
  await picture('demo');
  await inForm('Hide from contacts').press('Escape');
  await form().getByRole('button', { name: 'Save', exact: true }).click();

  await lastSaid().getByText('Last seen changed.').waitFor();
  await form().waitFor({ state: 'detached' });
  await lastSaid().getByText('Verified: the list was read again and shows it.').waitFor();
  const said = await lastSaid().textContent();
  expect(said).toContain('+55 21 •••••-5678, +55 11 •••••-1234');
  expect(said).toContain('Shown again to 1: +55 21 •••••-0002');
  expect(said).not.toContain('98888');
  expect(said).not.toContain('João');
  await picture('message', lastSaid());

  expect(await accounts().textContent()).toContain('João Pedro Almeida +55 11 98888-1234');
  expect(accountOf('Vendas').disallowed).not.toContain('5521998760002');
  await page.getByText('/privacy/last-seen', { exact: true }).click();
  const request = page.getByRole('log', { name: 'Requests Z-API received' });
  await request.getByText('CONTACT_BLACKLIST').first().waitFor();
  expect(await request.textContent()).toContain('5511988881234');
  await picture('demo-after');
});

test('people are picked with the keyboard alone', async () => {
  await openForm();
  await choose('My contacts except…');
  await form().getByText('On the list now (4):').waitFor();
  const picker = inForm('Hide from contacts');
  await picker.focus();
  // The list opens without a letter typed, and Escape closes it, not the form.
  await page.keyboard.press('ArrowDown');
  await form().getByRole('option', { name: 'Doces da Vó Áurea' }).waitFor();
  await page.keyboard.press('Escape');
  expect(await picker.getAttribute('aria-expanded')).toBe('false');
  await page.keyboard.type('joao');
  await form().getByRole('option', { name: 'João Pedro Almeida' }).waitFor();
  expect(await form().getByRole('option').count()).toBe(2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await form().getByRole('button', { name: 'Remove João Pedro Almeida' }).waitFor();
  await page.keyboard.type('getulio');
  await form().getByRole('option', { name: 'Getúlio Viana' }).waitFor();
  await page.keyboard.press('Enter');
  await form().getByRole('button', { name: 'Remove Getúlio Viana' }).waitFor();
  await page.keyboard.press('Backspace');
  await form().getByRole('button', { name: 'Remove Getúlio Viana' }).waitFor({ state: 'detached' });
  await page.keyboard.type('nobody of this name');
  await form().getByText('No results for “nobody of this name”.').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Enter');
  await form().waitFor({ state: 'detached' });
  await channel().getByText('Verified').waitFor();
  expect(accountOf('Vendas').disallowed).toContain('5511988881234');
  expect(accountOf('Vendas').disallowed).not.toContain('553188776655');
});

test('the other number has a list and people of its own', async () => {
  await openForm();
  await choose('My contacts except…');
  await form().getByText('On the list now (4):').waitFor();
  await pick('Hide from contacts', 'joao p', 'João Pedro Almeida · +55 11 98888-1234');
  await chooseNumber('Suporte');
  await form().getByText('On the list now (2):').waitFor();
  expect(await form().getByRole('button', { name: 'Remove' }).count()).toBe(0);
  await inForm('Hide from contacts').fill('joao');
  await form().getByText('No results for “joao”.').first().waitFor();
  await pick('Hide from contacts', 'conceicao', 'Conceição Andrade · +55 27 99953-0017');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await channel().getByText('Verified').waitFor();
  // The phone that was changed comes forward.
  await accounts().getByRole('tab', { name: 'Suporte', selected: true }).waitFor();
  expect(await accounts().textContent()).toContain('Conceição Andrade');
  expect(accountOf('Vendas').lastSeen).toBe('ALL');
});

test('who is not on WhatsApp is said under the field, and Brazil’s ninth digit is found out', async () => {
  await openForm();
  await choose('My contacts except…');
  await form().getByText('On the list now (4):').waitFor();
  const hide = form().getByRole('textbox', { name: 'Hide from' }).first();
  await hide.fill('+55 11 95555-0000');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('+55 11 95555-0000 is not on WhatsApp.').waitFor();
  await hide.fill('+55 31 98877-6655');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await channel().getByText('Verified').waitFor();
  expect(accountOf('Vendas').disallowed).toContain('553188776655');
});

test('a line is enough for a change; what lets more people see it is asked about first', async () => {
  await say('/lastseen nobody on vendas');
  await channel().getByText('Last seen changed.').waitFor();
  await say('/lastseen except +55 11 98888-1234 -55 21 99876-0002 on vendas');
  const question = lastSaid();
  await question.getByText('More people may be able to see it then.').waitFor();
  await question.getByText('Only visible to you').waitFor();
  expect(accountOf('Vendas').lastSeen).toBe('NONE');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await lastSaid().getByText('Nothing was changed.').waitFor();
  await say('/lastseen except +55 11 98888-1234 -55 21 99876-0002 on vendas');
  await channel().getByRole('button', { name: 'Change it' }).press('Enter');
  await channel().getByText('Verified').waitFor();
  expect(await channel().getByRole('button', { name: 'Change it' }).count()).toBe(0);
  expect(accountOf('Vendas').disallowed).toEqual([
    '5511912340001',
    '5585999120034',
    '182736455501928@lid',
    '5511988881234',
  ]);
});

test('a guest and somebody of a partner are refused, and told whom to ask', async () => {
  await say('/lastseen nobody on vendas');
  await channel().getByText('Last seen changed.').waitFor();
  await say('/lastseen everyone on vendas');
  await channel().getByRole('button', { name: 'Change it' }).click();
  await channel().getByRole('button', { name: 'Undo' }).waitFor();

  await become('Davi (convidado)');
  await say('/lastseen');
  await form().getByText('Guests may not use this bot').waitFor();
  expect(await form().textContent()).toContain('ask @Ana Souza');
  await picture('refused', form());
  await form().getByRole('button', { name: 'Close', exact: true }).click();

  await become('Eva (agência)');
  await channel().getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Undo it' }).click();
  await lastSaid().getByText('Only people of this workspace may use this bot').waitFor();
  expect(accountOf('Vendas').lastSeen).toBe('ALL');
});

test('the bot speaks Portuguese once it is asked to, and remembers what it did', async () => {
  await say('/lastseen nobody on vendas');
  await channel().getByText('Last seen changed.').waitFor();
  await page.getByRole('radio', { name: 'Português' }).check();
  await page.getByText('Bot is reconnecting…').waitFor();
  await page.getByText('Bot is connected').waitFor();

  await say('/lastseen');
  await form().getByText('Quem pode ver o visto por último').waitFor();
  await inForm('Número de WhatsApp').click();
  await form()
    .getByRole('option', { name: /^Vendas / })
    .click();
  await form().getByText('Agora: Ninguém, conforme definido aqui por @Ana Souza').waitFor();
  await inForm('Quem pode ver o visto por último').click();
  await form().getByRole('option', { name: 'Meus contatos, exceto…' }).click();
  await form().getByText('Na lista agora (4):').waitFor();
  await pick('Ocultar de contatos', 'ines', 'Inês Carvalho (Lisboa) · +351 912 345 678');
  await page.setViewportSize({ width: 1280, height: 1100 });
  await picture('form-pt', form());
  await form().getByRole('button', { name: 'Salvar' }).click();
  await lastSaid().getByText('Visto por último alterado').waitFor();
  await lastSaid().getByText('Verificado: a lista foi lida de novo e mostra a alteração.').waitFor();
});

test('what cannot be known or does not take is said, and a limit holds', async () => {
  await page.getByRole('switch', { name: 'Z-API changes don’t take' }).click();
  await say('/lastseen except +55 11 98888-1234 on suporte');
  await channel().getByRole('button', { name: 'Change it' }).click();
  await channel().getByText('its list does not show all of it').waitFor();
  await faults().getByRole('tab', { name: 'Bot' }).click();
  await page.getByRole('switch', { name: 'Bot takes 2 changes an hour' }).click();
  await page.getByText('Bot is reconnecting…').waitFor();
  await page.getByText('Bot is connected').waitFor();
  await say('/lastseen nobody on vendas');
  await channel().getByText('Last seen changed.').waitFor();
  await say('/lastseen nobody on vendas');
  await lastSaid().getByText('You made 2 changes within the last hour').waitFor();
});

test.each([1440, 1024, 390])('nothing is cut off at a width of %d', async (width) => {
  await page.setViewportSize({ width, height: 800 });
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  const cut = await page.evaluate(
    `[...document.querySelectorAll('.top-bar label, .sidebar button span, .sidebar-person span, .tab, .fault')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0)
      .map((element) => element.textContent)`,
  );
  expect(cut).toEqual([]);
});

test('everything can be done with the keyboard alone', async () => {
  await page.keyboard.type('/last');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await inForm('WhatsApp number').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await form().getByText('Changes Vendas (').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  for (let presses = 0; presses < 10; presses += 1) {
    const focused = await page.evaluate('document.activeElement.textContent');
    if (focused === 'Save') break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await channel().getByText('Last seen changed.').waitFor();
  await form().waitFor({ state: 'detached' });
  expect(demo.world.zapi.requests.at(-1)?.body).toEqual({ visualizationType: 'NONE' });

  await page.keyboard.type('/lastseen');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await form().waitFor();
  await page.keyboard.press('Escape');
  await form().waitFor({ state: 'detached' });
  await composer().and(page.locator(':focus')).waitFor();
});

test('what is wrong with a number stands under its field, and what was typed stays', async () => {
  await openForm();
  await choose('My contacts except…');
  const hide = form().getByRole('textbox', { name: 'Hide from' }).first();
  await hide.fill('+55 11 98888-1234\n\n1198');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('Line 3: “1198” ').waitFor();
  expect(await hide.inputValue()).toBe('+55 11 98888-1234\n\n1198');
  expect(demo.world.zapi.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('a failure is shown in the form, can be tried again from there, and the channel sees both', async () => {
  await page.getByRole('switch', { name: 'Z-API says success: false' }).click();
  await openForm();
  await choose('Nobody');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('The setting was not changed.').waitFor();
  await form().getByRole('button', { name: 'Save again', exact: true }).waitFor();
  expect(await form().getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
  await picture('failure', form());
  await page.getByRole('button', { name: 'All faults off' }).click({ force: true });
  await form().getByRole('button', { name: 'Save again', exact: true }).click();
  await form().waitFor({ state: 'detached' });
  await channel().getByText('Last seen changed.').waitFor();
  expect(await channel().getByText('Last seen not changed.').count()).toBe(1);
});

test('a change that was accepted is made and told, though the bot is killed meanwhile', async () => {
  await page.getByRole('switch', { name: 'Z-API is slow (5 s)' }).click();
  await openForm();
  await choose('Nobody');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('Saving…').waitFor();
  await faults().getByRole('tab', { name: 'Bot' }).click({ force: true });
  await page.getByRole('button', { name: 'Kill the bot now' }).click({ force: true });
  await page.getByText('Bot is reconnecting…').waitFor();
  await channel().getByText('Last seen changed.').waitFor();
  await page.getByText('Bot is connected').waitFor();
  expect(await channel().getByText('Last seen changed.').count()).toBe(1);
  expect(accountOf('Vendas').lastSeen).toBe('NONE');
});

test('a change is undone from its message, and the history shows both', async () => {
  for (const option of ['Nobody', 'My contacts']) {
    await openForm();
    await choose(option);
    await form().getByRole('button', { name: 'Save', exact: true }).click();
    await form().waitFor({ state: 'detached' });
  }
  await channel().getByRole('button', { name: 'Undo' }).press('Enter');
  await picture('undo', page.getByRole('alertdialog', { name: 'Undo this change?' }));
  await page.getByRole('button', { name: 'Undo it' }).press('Enter');
  await channel().getByText('This undoes change').waitFor();
  expect(accountOf('Vendas').lastSeen).toBe('NONE');

  await say('/lastseen history');
  const history = lastSaid();
  await history.getByText('Changes of last seen, newest first').waitFor();
  expect(await history.textContent()).toContain('undoes');
  await picture('history', history);
});
