import { expect, test } from '@jest/globals';
import {
  accounts,
  channel,
  choose,
  composer,
  faults,
  form,
  inForm,
  openForm,
  page,
  pick,
  say,
  visitDemo,
} from './visit.ts';

visitDemo();

async function openList() {
  await openForm();
  await choose('My contacts except…');
  await form().getByText('On the list now (4):').waitFor();
}

/** Where an element stands, with what it has to be seen through. */
async function isSeenWithin(selector: string, frame: string) {
  return page.evaluate(`(() => {
    const [inner, outer] = [${JSON.stringify(selector)}, ${JSON.stringify(frame)}].map((each) =>
      document.querySelector(each).getBoundingClientRect());
    return inner.top >= outer.top && inner.bottom <= outer.bottom && inner.bottom <= innerHeight;
  })()`);
}

test('Tab goes from a list to the next field, though the list is open and long', async () => {
  // So low that each list has to be scrolled.
  await page.evaluate(`document.styleSheets[0].insertRule('.select-list { max-height: 50px !important }')`);
  await openList();
  await inForm('Hide from contacts').fill('joao pedro');
  await form().getByRole('option', { name: 'João Pedro Almeida' }).waitFor();
  await page.keyboard.press('Enter');
  await form().getByRole('button', { name: 'Remove João Pedro Almeida' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await form().getByRole('option', { name: 'Doces da Vó Áurea' }).waitFor();
  await page.keyboard.press('Tab');
  await inForm('Show again to').and(page.locator(':focus')).waitFor();
  expect(await form().getByRole('option').count()).toBe(0);

  await inForm('Who can see last seen').press('ArrowDown');
  await form().getByRole('option', { name: 'Nobody' }).waitFor();
  await page.keyboard.press('Tab');
  await form().getByRole('textbox', { name: 'Hide from' }).and(page.locator(':focus')).waitFor();
  expect(await form().getByRole('option').count()).toBe(0);
});

test('after a pick the list stays closed until somebody types or presses an arrow', async () => {
  await openList();
  const picker = inForm('Hide from contacts');
  const isOpen = () => picker.getAttribute('aria-expanded');
  await pick('Hide from contacts', 'joao p', 'João Pedro Almeida');
  expect(await isOpen()).toBe('false');
  await picker.press('Enter');
  expect(await isOpen()).toBe('false');
  await picker.press('ArrowDown');
  await form().getByRole('option', { name: 'Getúlio Viana' }).click();
  await form().getByRole('button', { name: 'Remove Getúlio Viana' }).waitFor();
  expect(await isOpen()).toBe('false');
  await page.keyboard.type('i');
  await form().getByRole('option', { name: 'Inácio Kühl' }).waitFor();
});

test.each([
  ['English', 'WhatsApp number', 'Who can see last seen', 'My contacts except…', 'Hide from', 'Save'],
  [
    'Português',
    'Número de WhatsApp',
    'Quem pode ver o visto por último',
    'Meus contatos, exceto…',
    'Ocultar de',
    'Salvar',
  ],
])(
  'on a telephone what is wrong with a number is in sight, in %s',
  async (language, number, who, except, hide, save) => {
    if (language !== 'English') {
      await page.getByRole('radio', { name: language }).check();
      await page.getByText('Bot is reconnecting…').waitFor();
      await page.getByText('Bot is connected').waitFor();
    }
    await page.setViewportSize({ width: 390, height: 700 });
    await say('/lastseen');
    await inForm(number).click();
    await form()
      .getByRole('option', { name: /^Vendas / })
      .click();
    await form().getByText('Vendas', { exact: true }).waitFor();
    await inForm(who).click();
    await form().getByRole('option', { name: except, exact: true }).click();
    await form()
      .getByText(/\(4\):$/)
      .waitFor();
    const field = form().getByRole('textbox', { name: hide }).first();
    await field.fill('+55 11 98888-1234\n\n1198');
    // The field ends where the footer begins: what stands under it would be behind the footer.
    await field.evaluate((input) => {
      const body = input.closest('.modal-body');
      const hiddenPx = input.getBoundingClientRect().bottom - (body?.getBoundingClientRect().bottom ?? 0);
      body?.scrollBy(0, hiddenPx + 4);
    });
    await form().getByRole('button', { name: save, exact: true }).click();
    await field.and(page.locator(':focus')).waitFor();
    expect(await isSeenWithin('.input-error', '.modal-body')).toBe(true);
  },
);

test('a field that a pick has pushed down stays in sight', async () => {
  await page.setViewportSize({ width: 390, height: 700 });
  await openList();
  await pick('Hide from contacts', 'joao p', 'João Pedro Almeida');
  await pick('Hide from contacts', 'getulio', 'Getúlio Viana');
  expect(await isSeenWithin('.picker-field', '.modal-body')).toBe(true);
});

test.each([
  [390, 600],
  [390, 844],
  [844, 420],
  [1000, 700],
])('at %d × %d the composer is whole, and the phone peeks out below it', async (width, height) => {
  await page.setViewportSize({ width, height });
  expect(await isSeenWithin('.composer', '.slack-window')).toBe(true);
  const { y = Number.NaN } = (await accounts().boundingBox()) ?? {};
  expect(y).toBeLessThan(height);
  // One thing scrolls, not a second one around it.
  expect(await page.evaluate('document.scrollingElement.scrollHeight')).toBe(height);
  await faults().getByRole('switch').last().click();
  await composer().click();
});

test('words stand apart for a screen reader, which hears what is set, too', async () => {
  await accounts()
    .getByRole('heading', { name: 'Hidden from kept for later, not used by this choice', exact: true })
    .waitFor();
  await page.getByText('Davi guest', { exact: true }).waitFor();
  await page.getByRole('switch', { name: 'Z-API looks up slowly' }).click();
  await faults().getByRole('tab', { name: 'Z-API 1 on', exact: true }).waitFor();
  const set = accounts().getByRole('listitem').filter({ hasText: '(set)' });
  expect(await set.allTextContents()).toEqual([expect.stringContaining('Everyone (set)')]);
  await say('/lastseen nobody on vendas');
  await channel().getByText('Last seen changed.').waitFor();
  await set.getByText('Nobody (set)').waitFor();
  expect(await set.count()).toBe(1);
});
