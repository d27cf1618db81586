import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { createSqliteStore } from '../../../src/store/sqlite-store.ts';
import { quietPort } from '../../process.ts';
import { saveAndTell } from '../../save-change.ts';
import { listChange, recordEnded, refusal } from '../../store/submissions.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { privateChannel, secrets } from '../../world.ts';
import { startStage } from './stage.ts';

const root = join(import.meta.dirname, '../../..');

/** `npm run history -- …`, without npm, in an empty folder. */
async function exportHistory(
  env: Record<string, string>,
  ...options: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  await using folder = await temporaryFolder();
  const node = join(root, 'node_modules/.bin/node');
  return await new Promise((resolve) => {
    execFile(
      node,
      [join(root, 'src/history.ts'), ...options],
      { cwd: folder.path, env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** RFC 4180: fields in quotes may hold commas, quotes and line breaks. */
function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  for (let at = field.exec(text); at && field.lastIndex <= text.length; at = field.exec(text)) {
    const [, value = '', end] = at;
    rows.at(-1)?.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '\r\n') rows.push([]);
    if (field.lastIndex === text.length) break;
  }
  const [names = [], ...records] = rows.filter((row) => row.length > 0);
  return records.map((record) => Object.fromEntries(names.map((name, index) => [name, record[index] ?? ''])));
}

// Side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the export of the history', () => {
  test.concurrent('holds every change with whole numbers and no secret, as JSON and CSV, while the bot runs and after', async () => {
    await using stage = await startStage('socket');
    await using bot = await stage.startReady();
    const first = await saveAndTell(stage, {
      hide: '+55 11 98765-4321\n+1 415 555 2671',
      channel: privateChannel,
    });
    stage.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen' });
    const second = await saveAndTell(stage, { option: 'Nobody', person: stage.bruno });
    await stage.zapi
      .until(() => bot.stdout().split('change told').length > 2, 'both noted', 10_000)
      .catch(() => undefined);
    const env = { DATA_DIR: stage.dataDir };

    const json = await exportHistory(env, '--json');
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject([
      {
        id: first.id,
        by: 'U0ANA',
        channel: privateChannel,
        setting: 'last-seen',
        visibility: 'contacts-except',
        hide: ['5511987654321', '14155552671'],
        showAgain: [],
        reallyHidden: ['5511987654321', '14155552671'],
        outcome: 'applied',
        failure: null,
        acceptedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
      { id: second.id, by: 'U0BRUNO', visibility: 'nobody', outcome: 'failed', failure: 'refused' },
    ]);

    const csv = await exportHistory(env, '--csv');
    expect(csv).toMatchObject({ code: 0, stderr: '' });
    expect(parseCsv(csv.stdout)).toMatchObject([
      { id: first.id, hide: '5511987654321 14155552671', hideCount: '2', outcome: 'applied', failure: '' },
      { id: second.id, hide: '', outcome: 'failed', failure: 'refused' },
    ]);
    for (const said of [json.stdout, csv.stdout]) {
      for (const secret of [
        ...Object.values(secrets),
        stage.slack.botToken,
        'response',
        '/commands/',
        'http',
        'trigger',
      ]) {
        expect(said).not.toContain(secret);
      }
    }

    bot.kill('SIGTERM');
    await bot.exited;
    const told = JSON.parse((await exportHistory(env, '--json')).stdout);
    expect(told).toMatchObject([
      { id: first.id, toldIn: privateChannel, told: 'told' },
      { id: second.id, told: 'told' },
    ]);

    await using folder = await temporaryFolder();
    const out = join(folder.path, 'history.csv');
    expect(await exportHistory(env, '--csv', '--out', out)).toEqual({
      code: 0,
      stdout: '',
      stderr: `The history is in ${out}.\n`,
    });
    expect(parseCsv(readFileSync(out, 'utf8')).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test.concurrent('of a bot that made no change is empty, and valid', async () => {
    await using stage = await startStage('socket');
    await using _bot = await stage.startReady();
    const env = { DATA_DIR: stage.dataDir };
    expect(JSON.parse((await exportHistory(env, '--json')).stdout)).toEqual([]);
    const { stdout } = await exportHistory(env, '--csv');
    expect(parseCsv(stdout)).toEqual([]);
    expect(stdout).toMatch(/^id,acceptedAt,by,[\w,]+\r\n$/);
  });

  test.concurrent('holds what was looked up, what the list said after a change, and who was refused', async () => {
    await using folder = await temporaryFolder();
    const store = createSqliteStore({ dataDir: folder.path });
    await store.open();
    const change = listChange(['5511987654321', '14155552671'], ['5511900000000']);
    const missing = { hide: ['14155552671'], showAgain: ['5511900000000'] };
    await recordEnded(
      store,
      { kind: 'applied', proof: { kind: 'not-taken', missing } },
      { change, lookedUp: true },
    );
    await recordEnded(store, { kind: 'applied', proof: { kind: 'verified' } }, { change, lookedUp: false });
    await recordEnded(store);
    await store.noteRefusal(refusal({ by: '=U0GUEST', tried: 'save', why: 'not-listed' }));
    await store.noteRefusal(refusal({ at: new Date(1_764_000_001_000), channel: '', instance: undefined }));
    await store.close();
    const env = { DATA_DIR: folder.path };

    const none = { notTakenHide: null, notTakenShowAgain: null };
    expect(JSON.parse((await exportHistory(env, '--json')).stdout)).toMatchObject([
      {
        lookedUp: true,
        proof: 'not-taken',
        notTakenHide: missing.hide,
        notTakenShowAgain: missing.showAgain,
      },
      { lookedUp: false, proof: 'verified', ...none },
      { lookedUp: null, proof: null, ...none },
    ]);
    expect(parseCsv((await exportHistory(env, '--csv')).stdout)).toMatchObject([
      {
        lookedUp: 'true',
        proof: 'not-taken',
        notTakenHide: '14155552671',
        notTakenShowAgain: '5511900000000',
      },
      { lookedUp: 'false', proof: 'verified', notTakenHide: '', notTakenShowAgain: '' },
      { lookedUp: '', proof: '' },
    ]);

    const refused = await exportHistory(env, '--refusals', '--json');
    expect(refused).toMatchObject({ code: 0, stderr: '' });
    const [first, second] = ['2025-11-24T16:00:00.123Z', '2025-11-24T16:00:01.000Z'];
    expect(JSON.parse(refused.stdout)).toEqual([
      { at: first, by: '=U0GUEST', channel: 'C0SHOP', tried: 'save', instance: 'padaria', why: 'not-listed' },
      { at: second, by: 'U0GUEST', channel: '', tried: 'command', instance: null, why: 'guest' },
    ]);
    const out = join(folder.path, 'refusals.csv');
    expect(await exportHistory(env, '--csv', '--refusals', '--out', out)).toEqual({
      code: 0,
      stdout: '',
      stderr: `The refusals are in ${out}.\n`,
    });
    expect(readFileSync(out, 'utf8')).toBe(
      `at,by,channel,tried,instance,why\r\n${first},'=U0GUEST,C0SHOP,save,padaria,not-listed\r\n${second},U0GUEST,,command,,guest\r\n`,
    );
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  test.concurrent.each([
    ['none', [], 'Name the format, --json or --csv.'],
    ['no format', ['--refusals'], 'Name the format, --json or --csv.'],
    ['both formats', ['--json', '--csv'], 'Name one format, --json or --csv: not both at once.'],
    ['an option that does not exist', ['--xml'], 'There is no option --xml.'],
    ['a word', ['--json', 'last week'], 'The word “last week” is not an option.'],
    ['no file after --out', ['--json', '--out'], 'After --out comes the name of a file.'],
    ['another option after --out', ['--out', '--json'], 'After --out comes the name of a file.'],
    ['a value where none belongs', ['--json=all'], '--json takes no value.'],
  ])(
    'with %s for options ends with 2, and says what is wrong before how it is used',
    async (_, options, sentence) => {
      const { code, stdout, stderr } = await exportHistory({}, ...options);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr.split('\n').slice(0, 2)).toEqual([sentence, '']);
      expect(stderr).toContain('npm run --silent history -- --json');
      expect(stderr).not.toMatch(/\n\s+at /);
    },
  );

  test.concurrent('without a database ends with 1 and one sentence, and makes none', async () => {
    await using folder = await temporaryFolder();
    const dataDir = join(folder.path, 'none');
    expect(await exportHistory({ DATA_DIR: dataDir }, '--json')).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no database in the data folder. Start the bot once, or name another data folder in DATA_DIR. (It was looked for in the data folder ${dataDir}.)\n`,
    });
    expect(statSync(dataDir, { throwIfNoEntry: false })).toBeUndefined();
  });

  test.concurrent('of a folder that is named from where it is run says which one that is', async () => {
    const { code, stderr } = await exportHistory({}, '--json');
    expect(stderr).toMatch(/\(It was looked for in the data folder \/.+\/data\.\)\n$/);
    expect(code).toBe(1);
  });

  test.concurrent('of a file that can not be read says so, where it is, and what to do', async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'lastseen.db'));
    expect(await exportHistory({ DATA_DIR: folder.path }, '--json')).toEqual({
      code: 1,
      stdout: '',
      stderr: `The journal in the data folder ${folder.path} can't be read (EISDIR). Check that DATA_DIR names the right folder and that this user may read it, then try again.\n`,
    });
  });

  test.concurrent('of a database that does not answer says so, on which host, and what to do; never its address', async () => {
    const port = await quietPort();
    const DATABASE_URL = `postgres://bot:SECRET@127.0.0.1:${port}/lastseen`;
    expect(await exportHistory({ DATABASE_URL }, '--json')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        "The journal in the PostgreSQL database on 127.0.0.1 can't be read (ECONNREFUSED). Check that the database runs, that this machine can reach it, and that DATABASE_URL is right, then try again.\n",
    });
    const elsewhere = 'postgres:///lastseen?host=/nowhere&password=SECRET';
    const { stderr } = await exportHistory({ DATABASE_URL: elsewhere }, '--json');
    expect(stderr).toMatch(
      /^The journal in the PostgreSQL database on \/nowhere can't be read \(ENOENT\)\. /,
    );
    expect(stderr).not.toContain('SECRET');
  });

  test.concurrent('into a place that can not be written ends with 1 and one sentence', async () => {
    await using stage = await startStage('socket');
    await using _bot = await stage.startReady();
    const { code, stderr } = await exportHistory(
      { DATA_DIR: stage.dataDir },
      '--csv',
      '--out',
      '/none/history.csv',
    );
    expect(code).toBe(1);
    expect(stderr).toBe(
      'The history could not be written: there is no such folder. Make it, or name another file after --out.\n',
    );
  });
});
