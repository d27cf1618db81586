import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { type Environment, readNumbers, variablesOf } from '../src/config-numbers.ts';

const credentialsOf = (name: string) => ({
  [`ZAPI_${name}_INSTANCE_ID`]: `ID-OF-${name}`,
  [`ZAPI_${name}_INSTANCE_TOKEN`]: `TOKEN-OF-${name}`,
});
const two = {
  ZAPI_INSTANCES: 'sales,support',
  ZAPI_CLIENT_TOKEN: 'CLIENT-TOKEN',
  ...credentialsOf('SALES'),
  ...credentialsOf('SUPPORT'),
};

function numbersOf(env: Environment) {
  const { numbers, problems } = readNumbers(env);
  expect(problems).toEqual([]);
  return numbers;
}

const problemsOf = (env: Environment) =>
  readNumbers(env).problems.map(({ variable, expected }) => [variable, expected]);
const wrongIn = (env: Environment) => problemsOf(env).map(([variable]) => variable);
const accessOf = (env: Environment) => numbersOf({ ...two, ...env }).map(({ access }) => access);

describe('several numbers', () => {
  test('have names, credentials and labels of their own, in the order named', () => {
    expect(numbersOf({ ...two, ZAPI_INSTANCES: 'support,sales', ZAPI_SALES_LABEL: 'Sales' })).toMatchObject([
      { name: 'support', label: 'support', instanceId: 'ID-OF-SUPPORT', instanceToken: 'TOKEN-OF-SUPPORT' },
      { name: 'sales', label: 'Sales', instanceId: 'ID-OF-SALES', instanceToken: 'TOKEN-OF-SALES' },
    ]);
  });

  test.each([
    [
      'a label of another',
      { ZAPI_SALES_LABEL: 'Loja', ZAPI_SUPPORT_LABEL: 'loja' },
      ['ZAPI_SALES_LABEL', 'ZAPI_SUPPORT_LABEL'],
    ],
    ['the name of another', { ZAPI_SALES_LABEL: 'Support' }, ['ZAPI_SALES_LABEL']],
    ['their own name', { ZAPI_SALES_LABEL: 'Sales' }, []],
  ])('are not called by %s, which people may type as well', (_what, labels, wrong) => {
    expect([...new Set(wrongIn({ ...two, ...labels }))]).toEqual(expect.arrayContaining(wrong));
    expect(wrongIn({ ...two, ...labels }).length > 0).toBe(wrong.length > 0);
  });

  test('can be one', () => {
    expect(numbersOf({ ...two, ZAPI_INSTANCES: 'sales' }).map(({ name }) => name)).toEqual(['sales']);
  });

  test('share the security token of the account, unless they have another', () => {
    const tokens = numbersOf({ ...two, ZAPI_SUPPORT_CLIENT_TOKEN: 'OTHER-ACCOUNT' });
    expect(tokens.map(({ clientToken }) => clientToken)).toEqual(['CLIENT-TOKEN', 'OTHER-ACCOUNT']);
    const own = { ZAPI_SALES_CLIENT_TOKEN: 'A', ZAPI_SUPPORT_CLIENT_TOKEN: 'B' };
    expect(numbersOf({ ...two, ...own, ZAPI_CLIENT_TOKEN: undefined })).toHaveLength(2);
    expect(wrongIn({ ...two, ZAPI_CLIENT_TOKEN: undefined })).toEqual([
      'ZAPI_SALES_CLIENT_TOKEN',
      'ZAPI_SUPPORT_CLIENT_TOKEN',
    ]);
  });

  test('need none of the variables of an only number', () => {
    const [sales] = numbersOf({ ...two, ZAPI_INSTANCE_ID: 'ANOTHER', ZAPI_INSTANCE_TOKEN: 'ANOTHER' });
    expect(sales?.instanceId).toBe('ID-OF-SALES');
  });

  test('each need theirs, and every problem is told by its whole name', () => {
    const rest = { ...two, ZAPI_SALES_INSTANCE_ID: undefined, ZAPI_SUPPORT_INSTANCE_TOKEN: undefined };
    const wrong = { ZAPI_SALES_LABEL: 'x'.repeat(61), ZAPI_SUPPORT_AUDIT_CHANNEL: '#ops' };
    expect(problemsOf({ ...rest, ...wrong })).toEqual([
      ['ZAPI_SALES_INSTANCE_ID', expect.stringMatching(/^missing; expected: the instance's id/)],
      ['ZAPI_SALES_LABEL', 'expected: at most 60 characters'],
      ['ZAPI_SUPPORT_INSTANCE_TOKEN', expect.stringMatching(/^missing; expected: the instance's token/)],
      ['ZAPI_SUPPORT_AUDIT_CHANNEL', expect.stringContaining('the id of a channel')],
    ]);
    expect(readNumbers({ ...rest, ...wrong }).numbers).toEqual([]);
  });

  test.each([
    ['SALES, Support', ['sales', 'support']],
    [' sales ;support,', ['sales', 'support']],
    ['sales\tsupport', ['sales', 'support']],
    ['a-1,b_2', ['a-1', 'b_2']],
    ['0', ['0']],
  ])('are named in any case, separated in any way: %j', (ZAPI_INSTANCES, names) => {
    const credentials = names.map((name) => credentialsOf(name.toUpperCase().replace('-', '_')));
    const env = { ZAPI_INSTANCES, ZAPI_CLIENT_TOKEN: 'T', ...Object.assign({}, ...credentials) };
    expect(numbersOf(env).map(({ name }) => name)).toEqual(names);
  });

  test.each([
    [',', /short names of your choice/],
    ['vendas são', /short names of your choice/],
    ['sales!', /short names of your choice/],
    ['-sales', /short names of your choice/],
    ['x'.repeat(31), /short names of your choice/],
    ['+5511987654321', /short names of your choice/],
    [Array.from({ length: 101 }, (_, at) => `n${at}`).join(), /at most 100 names/],
    ['sales,support,sales', /differ from one another/],
    ['sales,SALES', /differ from one another/],
    ['north-east,north_east', /differ from one another/],
  ])('are not named %s', (ZAPI_INSTANCES, expected) => {
    expect(problemsOf({ ...two, ZAPI_INSTANCES })).toContainEqual([
      'ZAPI_INSTANCES',
      expect.stringMatching(expected),
    ]);
    expect(readNumbers({ ...two, ZAPI_INSTANCES }).numbers).toEqual([]);
  });

  test('are not the same instance twice', () => {
    expect(problemsOf({ ...two, ZAPI_SUPPORT_INSTANCE_ID: 'ID-OF-SALES' })).toEqual([
      ['ZAPI_SUPPORT_INSTANCE_ID', 'expected: another instance than that of sales'],
    ]);
  });

  test('never show what a variable held', () => {
    const leak = 'LEAKED-VALUE';
    for (const name of [...variablesOf('sales'), 'ZAPI_INSTANCES']) {
      for (const value of [`#${leak}`, `xoxb-${leak}`, `https://${leak}/ `, leak.repeat(20)]) {
        const { problems } = readNumbers({ ...two, [name]: value });
        expect(JSON.stringify(problems).toUpperCase()).not.toContain(leak);
      }
    }
  });
});

describe('who may', () => {
  const general = { ALLOWED_USERS: 'U0ANA', ALLOWED_USERGROUPS: 'S0OPS', ALLOWED_CHANNELS: 'C0OPS' };

  test('holds for the only number', () => {
    const env = { ZAPI_INSTANCE_ID: 'I', ZAPI_INSTANCE_TOKEN: 'T', ZAPI_CLIENT_TOKEN: 'C', ...general };
    expect(numbersOf(env)).toMatchObject([
      { name: 'main', access: { users: ['U0ANA'], groups: ['S0OPS'], channels: ['C0OPS'] } },
    ]);
  });

  test('is everybody, everywhere, where nothing is said', () => {
    expect(accessOf({})).toEqual(Array(2).fill({ users: [], groups: [], channels: [] }));
  });

  test('holds for all numbers that say nothing else', () => {
    expect(accessOf(general)).toEqual(
      Array(2).fill({ users: ['U0ANA'], groups: ['S0OPS'], channels: ['C0OPS'] }),
    );
  });

  test('is never said half for all numbers and half for one', () => {
    expect(accessOf({ ...general, ZAPI_SALES_ALLOWED_USERS: 'U0BRUNO' })).toEqual([
      { users: ['U0BRUNO'], groups: [], channels: ['C0OPS'] },
      { users: ['U0ANA'], groups: ['S0OPS'], channels: ['C0OPS'] },
    ]);
    expect(accessOf({ ...general, ZAPI_SUPPORT_ALLOWED_USERGROUPS: 'S0SUPPORT' })).toEqual([
      { users: ['U0ANA'], groups: ['S0OPS'], channels: ['C0OPS'] },
      { users: [], groups: ['S0SUPPORT'], channels: ['C0OPS'] },
    ]);
  });

  test('and where are two things', () => {
    expect(accessOf({ ...general, ZAPI_SALES_ALLOWED_CHANNELS: 'C0SALES' })).toEqual([
      { users: ['U0ANA'], groups: ['S0OPS'], channels: ['C0SALES'] },
      { users: ['U0ANA'], groups: ['S0OPS'], channels: ['C0OPS'] },
    ]);
  });

  test.each(['ALLOWED_USERS', 'ALLOWED_USERGROUPS', 'ALLOWED_CHANNELS'])(
    'lets in nobody where %s is wrong: the bot does not start',
    (variable) => {
      for (const name of [variable, `ZAPI_SALES_${variable}`]) {
        expect(wrongIn({ ...two, [name]: 'everybody' })).toEqual([name]);
        // A list that names nobody would be no rule at all.
        expect(wrongIn({ ...two, [name]: ',' })).toEqual([name]);
      }
      expect(readNumbers({ ...two, [variable]: 'everybody' }).numbers).toEqual([]);
    },
  );

  test.each([
    'ALLOWED_USER',
    'ALLOWED_USER_GROUPS',
    'ALLOWED_CHANNEL',
    'ZAPI_SALES_ALLOWED_USER',
    'ZAPI_SALES_LABLE',
    'ZAPI_SUPPORT_ALLOWED',
  ])('is not lost in the misspelt name %s', (variable) => {
    expect(problemsOf({ ...two, [variable]: 'U0ANA' })).toEqual([
      [
        variable,
        expect.stringMatching(
          /^this bot has no variable of that name; is (?:it misspelt|ALLOWED_\w+ meant)\?$/,
        ),
      ],
    ]);
  });

  test.each(['ZAPI_SALE_ALLOWED_USERS', 'ZAPI_ALLOWED_USERS'])(
    'is not lost where no number has the name in %s',
    (variable) => {
      expect(wrongIn({ ...two, [variable]: 'U0ANA' })).toEqual([variable]);
    },
  );

  test('is not lost where ZAPI_INSTANCES was forgotten', () => {
    const one = { ZAPI_INSTANCE_ID: 'I', ZAPI_INSTANCE_TOKEN: 'T', ZAPI_CLIENT_TOKEN: 'C' };
    expect(wrongIn({ ...one, ZAPI_SALES_ALLOWED_USERS: 'U0ANA' })).toEqual(['ZAPI_SALES_ALLOWED_USERS']);
  });
});

test('who is told is said for all numbers, or for one', () => {
  const env = { ...two, AUDIT_CHANNEL: 'C0AUDIT', ZAPI_SALES_AUDIT_CHANNEL: 'C0SALES' };
  expect(numbersOf(env).map(({ auditChannel }) => auditChannel)).toEqual(['C0SALES', 'C0AUDIT']);
});

test('blanks of a number count as unset, and a copy may leave some around a value', () => {
  const blank = { ZAPI_SALES_LABEL: ' ', ZAPI_SALES_ALLOWED_USERS: '', ALLOWED_USERS: 'U0ANA' };
  const read = readConfig({
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_APP_TOKEN: 'xapp-1',
    ...two,
    ...blank,
    ZAPI_SALES_INSTANCE_ID: ' ID-OF-SALES\r\n',
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(read.config.numbers[0]).toMatchObject({
    label: 'sales',
    instanceId: 'ID-OF-SALES',
    access: { users: ['U0ANA'] },
  });
});
