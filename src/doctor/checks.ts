import { type Config, readConfig, readStoreConfig, type StoreConfig } from '../config.ts';
import type { DotEnv, Environment } from '../config-numbers.ts';
import { checkAppManifest } from './app-manifest.ts';
import { checkBlocks } from './blocks.ts';
import { checkChannels } from './channels.ts';
import { checkDatabaseClock, checkSlackClock } from './clock.ts';
import { checkDataFolder } from './data-folder.ts';
import type { Finding } from './finding.ts';
import { checkJournal } from './journal.ts';
import { checkNode } from './node-version.ts';
import { checkPorts } from './ports.ts';
import type { Check } from './run-checks.ts';
import { checkSlackConnection } from './slack-connection.ts';
import { checkSlackToken } from './slack-token.ts';
import { checkUserGroups } from './user-groups.ts';
import { variableFindings } from './variables.ts';
import { checkWhoMay } from './who-may.ts';
import { checkZapi } from './zapi.ts';

/** Every check of a set-up, in the order in which its findings are told. Nothing runs yet. */
export function checksOf(env: Environment, dotEnv?: DotEnv): Check[] {
  const read = readConfig(env, dotEnv);
  const readStore = readStoreConfig(env, dotEnv);
  const config = read.ok ? read.config : undefined;
  const store = readStore.ok ? readStore.store : undefined;
  const needsConfig = (name: string, run: (config: Config) => Promise<Finding[]>): Check => ({
    name,
    run: config && (() => run(config)),
  });
  const needsStore = (name: string, run: (store: StoreConfig) => Promise<Finding[]>): Check => ({
    name,
    run: store && (() => run(store)),
  });
  return [
    { name: 'node', run: () => checkNode() },
    { name: 'variables', run: async () => variableFindings(read) },
    needsConfig('who-may', checkWhoMay),
    needsConfig('slack-token', checkSlackToken),
    needsConfig('slack-connection', checkSlackConnection),
    needsConfig('slack-manifest', checkAppManifest),
    needsConfig('slack-blocks', checkBlocks),
    needsConfig('audit-channel', checkChannels),
    needsConfig('user-groups', checkUserGroups),
    needsConfig('port', checkPorts),
    needsConfig('zapi', checkZapi),
    needsStore('journal', checkJournal),
    needsStore('data-folder', checkDataFolder),
    needsConfig('clock', checkSlackClock),
    needsStore('database-clock', checkDatabaseClock),
  ];
}
