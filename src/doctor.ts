import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { type Config, readConfig, readStoreConfig, type StoreConfig } from './config.ts';
import { checkAppManifest } from './doctor/app-manifest.ts';
import { checkBlocks } from './doctor/blocks.ts';
import { checkChannels } from './doctor/channels.ts';
import { checkDatabaseClock, checkSlackClock } from './doctor/clock.ts';
import { checkDataFolder } from './doctor/data-folder.ts';
import type { Finding } from './doctor/finding.ts';
import { checkJournal } from './doctor/journal.ts';
import { checkNode } from './doctor/node-version.ts';
import { checkPorts } from './doctor/ports.ts';
import { isWell, jsonReport, textReport } from './doctor/report.ts';
import { type Check, runChecks } from './doctor/run-checks.ts';
import { checkSlackConnection } from './doctor/slack-connection.ts';
import { checkSlackToken } from './doctor/slack-token.ts';
import { checkUserGroups } from './doctor/user-groups.ts';
import { variableFindings } from './doctor/variables.ts';
import { checkZapi } from './doctor/zapi.ts';

// The process behind `npm run doctor`: looks at a set-up, also beside the running bot. It posts and changes nothing.

const usage = `Looks whether the bot is set up right, and says what to do. Changes nothing; the bot may be running.

  npm run doctor                     for people
  npm run --silent doctor -- --json  for scripts: {"ok": …, "checks": [{"name", "status", "says", "todo"}]}

It ends with 0 if nothing is to be done, with 1 if something is. What could not be checked does not count.`;

const { json } = readArguments();
dotenv.config({ quiet: true });
const findings = await runChecks(checksFor(process.env));
const report = json ? jsonReport(findings) : textReport(findings);
// Connections that nobody waits for any more would keep the process alive.
process.stdout.write(report, () => process.exit(isWell(findings) ? 0 : 1));

/** Every check, in the order in which its findings are told. */
function checksFor(env: NodeJS.ProcessEnv): Check[] {
  const read = readConfig(env);
  const readStore = readStoreConfig(env);
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

function readArguments(): { json: boolean } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    return { json: values.json ?? false };
  } catch {
    console.error(`Only --json and --help are understood.\n\n${usage}`);
    process.exit(2);
  }
}
