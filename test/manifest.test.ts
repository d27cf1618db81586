import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settings } from '../src/privacy/settings.ts';
import { englishWordsIn } from './slack/english-words.ts';

const project = new URL('..', import.meta.url).pathname;
const readText = (file: string) => readFileSync(join(project, file), 'utf8');
const files = ['manifest.yml', 'manifest.pt-BR.yml'];

/** What each Web API method that the bot calls needs: https://docs.slack.dev/reference/methods */
const scopesOfMethods: Record<string, string[]> = {
  'auth.test': [],
  'views.open': [],
  'views.update': [],
  'chat.postMessage': ['chat:write', 'chat:write.public'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read'],
  'usergroups.users.list': ['usergroups:read'],
};

/** The methods that the source calls, such as `usergroups.users.list`. */
function methodsIn(source: string): string[] {
  return [...source.matchAll(/\bclient((?:\.[a-zA-Z]+){2,})\(/g)].map(([, method = '']) => method.slice(1));
}

/** What people read of a manifest, by where it stands; the longest that Slack takes of each. */
const texts: Record<string, number> = {
  'display_information.name': 35,
  'display_information.description': 140,
  'features.bot_user.display_name': 80,
  'features.slash_commands.0.description': 2_000,
  'features.slash_commands.0.usage_hint': 1_000,
};

/** Every value, by where it stands. */
function leavesOf(node: unknown, path: string[] = []): [string, unknown][] {
  if (typeof node !== 'object' || node === null) return [[path.join('.'), node]];
  return Object.entries(node).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

const textsOf = (file: string) =>
  new Map(leavesOf(parse(readText(file))).filter(([path]) => path in texts)) as Map<string, string>;

describe.each(files)('%s', (file) => {
  const manifest = parse(readText(file));

  test('has exactly the commands of the settings table', () => {
    const commands = manifest.features.slash_commands.map(({ command }: { command: string }) => command);
    expect(commands).toEqual(Object.values(settings).map(({ command }) => command));
  });

  test('asks for exactly the scopes that the bot uses', () => {
    const folder = join(project, 'src/slack');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    const methods = [...new Set(methodsIn(source))];
    expect(methods.sort()).toEqual(Object.keys(scopesOfMethods).sort());
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(
      [...new Set(['commands', ...methods.flatMap((method) => scopesOfMethods[method] ?? [])])].sort(),
    );
  });

  test('has the form switched on, and Socket Mode, for which commands have no address', () => {
    expect(manifest.settings).toMatchObject({
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    });
    expect(readText(file)).not.toMatch(/^\s*[a-z_]*url:/m);
  });

  test.each(Object.entries(texts))(
    'has in %s no more than the %i characters that Slack takes',
    (path, most) => {
      const text = textsOf(file).get(path) ?? '';
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(most);
    },
  );

  test('becomes one for HTTP mode by the four edits that it names', () => {
    const edited = readText(file)
      .replace(/^(\s*)# ([a-z_]*url: )/gm, '$1$2')
      .replace('socket_mode_enabled: true', 'socket_mode_enabled: false');
    expect(
      readText(file)
        .match(/HTTP(?: mode)?, \d .*4/gi)
        ?.map((mark) => /\d/.exec(mark)?.[0]),
    ).toEqual(['1', '2', '3', '4']);
    const url = 'https://bot.example.com/slack/events';
    expect(parse(edited)).toMatchObject({
      features: { slash_commands: [{ url }] },
      settings: {
        interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
        socket_mode_enabled: false,
      },
    });
  });
});

test('methods with three parts are seen, too', () => {
  expect(methodsIn('await client.usergroups.users.list({}); flow.client.views.open(x)')).toEqual([
    'usergroups.users.list',
    'views.open',
  ]);
});

describe('the two manifests', () => {
  const [english, portuguese] = files.map((file) => leavesOf(parse(readText(file))));

  test('are the same but for what people read', () => {
    const rest = (leaves: typeof english) => leaves?.filter(([path]) => !(path in texts));
    expect(rest(portuguese)).toEqual(rest(english));
  });

  test('differ in everything that people read', () => {
    const [inEnglish, inPortuguese] = files.map(textsOf);
    expect([...(inPortuguese?.keys() ?? [])].sort()).toEqual(Object.keys(texts).sort());
    for (const [path, text] of inPortuguese ?? []) {
      expect([path, text]).not.toEqual([path, inEnglish?.get(path)]);
      // The word for it is the same.
      expect([path, englishWordsIn(text.replace('status', ''))]).toEqual([path, []]);
    }
  });

  test('explain the same lines, each in its language', () => {
    const commentsOf = (file: string): string[] =>
      readText(file).match(/#(?! ?[a-z_]*url:)(?!0b)[^"\n]*$/gm) ?? [];
    const [inEnglish = [], inPortuguese = []] = files.map(commentsOf);
    expect(inPortuguese).toHaveLength(inEnglish.length);
    expect(inPortuguese.filter((comment) => inEnglish.includes(comment))).toEqual([]);
  });
});
