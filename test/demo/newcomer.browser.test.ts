import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from './chromium.ts';

const pictures = new URL('../../docs/pictures/', import.meta.url).pathname;

let browser: Browser;
let demo: Demo;
let page: Page;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  demo = await startDemo({ port: 0 });
  page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    timezoneId: 'America/Sao_Paulo',
    locale: 'en-US',
  });
  await page.goto(demo.url);
  await composer().and(page.locator(':focus')).waitFor();
});
afterEach(async () => {
  await page.close();
  await demo.close();
});

const composer = () => page.getByRole('textbox', { name: 'Message #whatsapp-ops' });
const form = () => page.getByRole('dialog', { name: 'Last seen' });
const channel = () => page.getByRole('log', { name: 'Messages in #whatsapp-ops' });
const account = () => page.getByRole('region', { name: 'WhatsApp account' });

async function openForm() {
  await composer().fill('/lastseen');
  await composer().press('Escape');
  await composer().press('Enter');
  await form().waitFor();
}

async function choose(option: string) {
  await form().getByRole('combobox', { name: 'Who can see last seen' }).click();
  await form().getByRole('option', { name: option, exact: true }).click();
}

async function picture(name: string, of: { screenshot(options: { path: string }): Promise<unknown> } = page) {
  await of.screenshot({ path: join(pictures, `${name}.png`) });
}

test('a newcomer hides two people, and sees the message, the account and the request', async () => {
  await openForm();
  await choose('My contacts except…');
  await form().getByText('On the list now (2):').waitFor();
  await form().getByRole('textbox', { name: 'Hide from' }).fill('+55 (11) 98888-1234\n5521977775678');
  await picture('demo');
  // The whole form, without scrolling.
  await page.setViewportSize({ width: 1280, height: 900 });
  await picture('form', form());
  await page.setViewportSize({ width: 1280, height: 800 });
  await form().getByRole('button', { name: 'Save', exact: true }).click();

  const message = channel().getByRole('article').last();
  await message.getByText('Last seen changed.').waitFor();
  await form().waitFor({ state: 'detached' });
  expect(await message.textContent()).toContain('+55 11 •••••-1234, +55 21 •••••-5678');
  expect(await message.textContent()).not.toContain('98888');
  await picture('message', message);

  expect(await account().textContent()).toContain('+55 11 98888-1234');
  await page.getByText('/privacy/last-seen', { exact: true }).click();
  const request = page.getByRole('log', { name: 'Requests Z-API received' });
  await request.getByText('CONTACT_BLACKLIST').first().waitFor();
  expect(await request.textContent()).toContain('5511988881234');
  await picture('demo-after');
});

test('everything can be done with the keyboard alone', async () => {
  await page.keyboard.type('/last');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await form().waitFor();
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
  const hide = form().getByRole('textbox', { name: 'Hide from' });
  await hide.fill('+55 11 98888-1234\n\n1198');
  await form().getByRole('button', { name: 'Save', exact: true }).click();
  await form().getByText('Line 3: “1198” is not a phone number with its country code.').waitFor();
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
  await page.getByRole('button', { name: 'Kill the bot now' }).click({ force: true });
  await page.getByText('Bot is reconnecting…').waitFor();
  await channel().getByText('Last seen changed.').waitFor();
  await page.getByText('Bot is connected').waitFor();
  expect(await channel().getByText('Last seen changed.').count()).toBe(1);
  expect(demo.world.zapi.account(demo.world.instanceId).lastSeen).toBe('NONE');
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
  expect(demo.world.zapi.account(demo.world.instanceId).lastSeen).toBe('NONE');

  await composer().fill('/lastseen history');
  await composer().press('Escape');
  await composer().press('Enter');
  const history = channel().getByRole('article').last();
  await history.getByText('Changes of last seen, newest first').waitFor();
  expect(await history.textContent()).toContain('undoes');
  await picture('history', history);
});
