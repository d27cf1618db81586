import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { parse } from 'yaml';
import { neededScopes } from '../../src/doctor/slack-token.ts';
import { quietPort, startProcess } from '../process.ts';
import { auditChannel, modes } from '../world.ts';
import { foundIn, runDoctor, startStage } from './stage.ts';

// Side by side, on a machine that may be busy.
jest.setTimeout(60_000);

const userGroups = [{ id: 'S0OPS', handle: 'ops', name: 'Operations', users: ['U0ANA', 'U0BRUNO'] }];
const rules = { AUDIT_CHANNEL: auditChannel, ALLOWED_USERGROUPS: 'S0OPS' };

describe('the doctor, on a set-up that is right', () => {
  test.concurrent.each(modes)('in %s mode, has nothing to do and ends with 0', async (mode) => {
    await using stage = await startStage(mode, { userGroups });
    const { code, stdout, stderr } = await stage.run({ ...rules, HEALTH_PORT: '0' }, { options: ['--json'] });
    const { ok, checks } = foundIn(stdout);
    const unseen = mode === 'socket' ? ['slack-manifest'] : ['slack-connection', 'slack-manifest'];
    expect(checks.map(({ name }) => name)).toEqual([
      'node',
      'variables',
      'who-may',
      'slack-token',
      'slack-scopes',
      'slack-connection',
      'slack-manifest',
      'slack-blocks',
      'audit-channel-C0AUDIT',
      'user-group-S0OPS',
      ...(mode === 'http' ? ['port'] : []),
      'health-port',
      'zapi-main',
      'zapi-plan-main',
      'journal',
      'data-folder',
      'clock',
    ]);
    expect(checks.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual(unseen);
    expect([code, ok, stderr]).toEqual([0, true, '']);
  });

  test.concurrent('says so in words, which need no colour', async () => {
    await using stage = await startStage('socket');
    const { stdout, stderr, code } = await stage.run();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(
      'ok           slack-token: Slack knows the bot as lastseen, in the workspace padaria.\n',
    );
    expect(stdout).toContain('ok           who-may: ');
    expect(stdout).toContain('ok           zapi-main: The phone +55 11 •••••-1000 is connected.\n');
    expect(stdout).toContain('not checked  slack-manifest: ');
    expect(stdout).toMatch(
      /\n\nNothing to do, as far as it could be checked\. One point was NOT checked: see above\.\n$/,
    );
    expect(stdout).toMatch(/^[\P{Cc}\n]*$/u);
  });

  test.concurrent.each(modes)('in %s mode, beside the running bot, takes nothing from it', async (mode) => {
    await using stage = await startStage(mode);
    const healthPort = String(await quietPort());
    const env = { ...stage.env, HEALTH_PORT: healthPort };
    await using bot = await startProcess({ env });
    await bot.says('"ready"');
    const opened = () => stage.slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    const before = stage.slack.connections();
    const { find, toDo } = await stage.examine({ HEALTH_PORT: healthPort });
    expect(toDo).toEqual([]);
    expect(find('health-port')?.says).toBe(
      `The bot answers on port ${healthPort}, and is ready for changes.`,
    );
    expect(find('journal')?.says).toBe('The journal can be read. Nothing waits in it.');
    if (mode === 'http')
      expect(find('port')?.says).toBe(`The bot answers on port ${stage.port}, and is ready for changes.`);
    else {
      expect(find('slack-connection')?.says).toBe('Socket Mode: the bot is running and connected.');
      expect([opened(), stage.slack.connections()]).toEqual([2, before]);
    }
    bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
    await stage.slack.until(() => stage.slack.connections() === 0, 'the bot gone');
  });

  test.concurrent.each(['en', 'pt-BR'])('has Slack look at every view and message, in %s', async (locale) => {
    await using stage = await startStage('socket');
    const { find } = await stage.examine({ LOCALE: locale });
    expect(find('slack-blocks')).toMatchObject({ status: 'ok' });
    const asked = stage.slack.calls.filter(({ method }) => method === 'blocks.validate');
    expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(['none']));
    const said = JSON.stringify(asked.map(({ body }) => body));
    for (const words of locale === 'en' ? ['Try again', 'Undo'] : ['Tentar novamente', 'Desfazer'])
      expect(said).toContain(words);
  });
});

test('the doctor knows the scopes of the manifests', () => {
  for (const file of ['manifest.yml', 'manifest.pt-BR.yml']) {
    const manifest = parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'));
    expect(neededScopes).toEqual(manifest.oauth_config.scopes.bot);
  }
});

test('something to do ends it with 1, in words and for scripts', async () => {
  await using stage = await startStage('socket');
  stage.account.connected = false;
  const { code, stdout } = await stage.run();
  expect(code).toBe(1);
  expect(stdout).toContain(
    "to do        zapi-main: The phone of this number is not connected to Z-API.\n             Open the instance in Z-API's panel, and connect the phone with the QR code.\n",
  );
  expect(stdout).toMatch(/\n\nOne thing to do\. One point was NOT checked: see above\.\n$/);
  const scripted = await stage.run({}, { options: ['--json'] });
  expect([scripted.code, foundIn(scripted.stdout).ok]).toEqual([1, false]);
});

test.each([
  ['--help', 0],
  ['--colour', 2],
  ['now', 2],
])('%s says how it is used, and ends with %i', async (option, code) => {
  const ended = await runDoctor({}, { options: [option] });
  expect(ended.code).toBe(code);
  const said = code === 0 ? ended.stdout : ended.stderr;
  expect(said).toContain('npm run --silent doctor -- --json');
  expect(said).toContain('Slack may give it a command that somebody types just then');
});
