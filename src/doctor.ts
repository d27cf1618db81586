import { parseArgs } from 'node:util';
import { readDotEnv } from './config-dot-env.ts';
import { checksOf } from './doctor/checks.ts';
import { isWell, jsonReport, textReport } from './doctor/report.ts';
import { runChecks } from './doctor/run-checks.ts';

// The process behind `npm run doctor`: looks at a set-up, also beside the running bot. It posts and changes nothing.

const usage = `Looks whether the bot is set up right, and says what to do. Changes nothing; the bot may be running.

  npm run doctor                     for people
  npm run --silent doctor -- --json  for scripts: {"ok": …, "checks": [{"name", "status", "says", "todo"}]}

It ends with 0 if nothing is to be done, with 1 if something is: also where Slack or Z-API can't be reached. Any other
point that could not be checked does not count.

In Socket Mode it connects to Slack for an instant, and Slack may give it a command that somebody types just then. Where
HEALTH_PORT is set, it asks the running bot there whether it is connected, and opens no connection of its own.`;

const { json } = readArguments();
const dotEnv = readDotEnv(process.env);
const findings = await runChecks(checksOf(process.env, dotEnv));
const report = json ? jsonReport(findings) : textReport(findings);
// Connections that nobody waits for any more would keep the process alive.
process.stdout.write(report, () => process.exit(isWell(findings) ? 0 : 1));

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
