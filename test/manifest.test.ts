import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { settings } from '../src/privacy/settings.ts';

const project = new URL('..', import.meta.url).pathname;
const manifest = parse(readFileSync(join(project, 'manifest.yml'), 'utf8'));

/** What each Web API method that the bot calls needs: https://docs.slack.dev/reference/methods */
const scopesOfMethods: Record<string, string[]> = {
  'auth.test': [],
  'views.open': [],
  'views.update': [],
  'chat.postMessage': ['chat:write', 'chat:write.public'],
  'conversations.open': ['im:write'],
};

describe('manifest.yml', () => {
  test('has exactly the commands of the settings table', () => {
    const commands = manifest.features.slash_commands.map(({ command }: { command: string }) => command);
    expect(commands).toEqual(Object.values(settings).map(({ command }) => command));
  });

  test('asks for exactly the scopes that the bot uses', () => {
    const folder = join(project, 'src/slack');
    const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const methods = [...source.matchAll(/\bclient\.([a-z]+\.[a-zA-Z]+)\(/g)].map(([, method]) =>
      String(method),
    );
    expect(methods.length).toBeGreaterThan(0);
    const needed = [...new Set(methods)].flatMap((method) => {
      expect(Object.keys(scopesOfMethods)).toContain(method);
      return scopesOfMethods[method] ?? [];
    });
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(
      [...new Set(['commands', ...needed])].sort(),
    );
  });

  test('has the form switched on, and Socket Mode, for which commands have no address', () => {
    expect(manifest.settings).toMatchObject({
      interactivity: { is_enabled: true },
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    });
    expect(manifest.features.slash_commands[0].url).toBeUndefined();
  });

  test('keeps within the lengths that Slack takes', () => {
    const { name, description } = manifest.display_information;
    expect(name.length).toBeLessThanOrEqual(35);
    expect(description.length).toBeLessThanOrEqual(140);
  });
});
