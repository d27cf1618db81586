import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { launchChromium } from './chromium.ts';

const pictures = new URL('../../docs/pictures/', import.meta.url).pathname;

/** What this test looks at: a demo of its own, and its page. */
export let demo: Demo;
export let page: Page;

/** Each test of a file that calls this visits a demo of its own. */
export function visitDemo() {
  let browser: Browser;
  beforeAll(async () => {
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
}

export const composer = () => page.getByRole('textbox', { name: 'Message #whatsapp-ops' });
export const form = () => page.getByRole('dialog', { name: /Last seen|Visto por último/ });
export const channel = () => page.getByRole('log', { name: 'Messages in #whatsapp-ops' });
export const accounts = () => page.getByRole('region', { name: 'WhatsApp accounts' });
export const faults = () => page.getByRole('region', { name: 'Make it fail' });
export const inForm = (field: string) => form().getByRole('combobox', { name: field });
export const lastSaid = () => channel().getByRole('article').last();
export const accountOf = (label: string) =>
  demo.world.zapi.account(demo.world.numbers.find((number) => number.label === label)?.instanceId ?? '');

export async function say(text: string) {
  await composer().fill(text);
  await composer().press('Escape');
  await composer().press('Enter');
}

export async function openForm(number = 'Vendas') {
  await say('/lastseen');
  await form().waitFor();
  await chooseNumber(number);
}

export async function chooseNumber(label: string) {
  const select = inForm('WhatsApp number');
  await select.click();
  await form()
    .getByRole('option', { name: new RegExp(`^${label} `) })
    .click();
  // The bot fills the form in anew.
  await form().getByText(`Changes ${label} (`).waitFor();
}

export async function choose(option: string) {
  await inForm('Who can see last seen').click();
  await form().getByRole('option', { name: option, exact: true }).click();
}

export async function pick(field: string, query: string, option: string) {
  await inForm(field).fill(query);
  await form().getByRole('option', { name: option }).click();
  await form()
    .getByRole('button', { name: `Remove ${option}` })
    .waitFor();
}

export async function become(name: string) {
  await page.getByRole('radio', { name }).check();
  await page.getByRole('navigation', { name: 'Workspace' }).getByText(name).waitFor();
}

export async function picture(
  name: string,
  of: { screenshot(options: { path: string }): Promise<unknown> } = page,
) {
  mkdirSync(pictures, { recursive: true });
  await of.screenshot({ path: join(pictures, `${name}.png`) });
}
