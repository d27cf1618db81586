import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';

const project = new URL('..', import.meta.url).pathname;

/** Lints one file with one import, under the project's own rules, in a folder of its own. */
function isAllowed(file: string, imported: string): boolean {
  const root = mkdtempSync(join(tmpdir(), 'import-rule-'));
  try {
    copyFileSync(join(project, 'biome.json'), join(root, 'biome.json'));
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), `import '${imported}';\n`);
    const biome = join(project, 'node_modules/@biomejs/biome/bin/biome');
    const { status, stderr } = spawnSync(
      process.execPath,
      [biome, 'lint', '--vcs-enabled=false', '--only=style/noRestrictedImports', file],
      { cwd: root, encoding: 'utf8' },
    );
    if (status !== 0 && !stderr.includes('noRestrictedImports')) throw new Error(stderr);
    return status === 0;
  } finally {
    rmSync(root, { recursive: true });
  }
}

test.each([
  ['src/privacy/change.ts', '../slack/modal.ts'],
  ['src/privacy/change.ts', '../gateways/zapi.ts'],
  ['src/privacy/change.ts', '../config.ts'],
  ['src/privacy/change.ts', '@slack/bolt'],
  ['src/privacy/change.ts', 'undici'],
  ['src/privacy/change-applier.ts', '../store/sqlite-store.ts'],
  ['src/privacy/change-applier.ts', 'kysely'],
  ['src/privacy/change-applier.ts', 'pg'],
  ['src/privacy/change-applier.ts', 'node:sqlite'],
  ['src/slack/audit.ts', '../gateways/zapi.ts'],
  ['src/slack/audit.ts', 'undici'],
  ['src/slack/show-history.ts', '../store/journal.ts'],
  ['src/slack/show-history.ts', 'kysely'],
  ['src/slack/show-history.ts', 'pg'],
  ['src/slack/show-history.ts', 'node:sqlite'],
  ['src/gateways/zapi.ts', '../slack/modal.ts'],
  ['src/gateways/zapi.ts', '@slack/bolt'],
  ['src/gateways/zapi.ts', '../config.ts'],
  ['src/gateways/zapi.ts', 'undici'],
  ['src/http.ts', './gateways/zapi.ts'],
  ['src/http.ts', '@slack/bolt'],
  ['src/gateways/zapi.ts', '../store/sqlite-store.ts'],
  ['src/gateways/zapi.ts', 'kysely'],
  ['src/gateways/zapi.ts', 'pg'],
  ['src/gateways/zapi.ts', 'node:sqlite'],
  ['src/store/journal.ts', '../slack/messages/form.ts'],
  ['src/store/journal.ts', '../gateways/zapi.ts'],
  ['src/store/journal.ts', '../config.ts'],
  ['src/store/journal.ts', '@slack/bolt'],
  ['src/store/journal.ts', 'undici'],
  ['src/app.ts', 'dotenv'],
  ['src/app.ts', 'kysely'],
  ['src/app.ts', '../fakes/zapi/fake-zapi.ts'],
  ['src/main.ts', '@slack/bolt'],
  ['src/main.ts', './store/sqlite-store.ts'],
  ['src/history.ts', './slack/messages/form.ts'],
  ['src/history.ts', './gateways/zapi.ts'],
  ['src/config.ts', 'dotenv'],
  ['src/config.ts', './store/sqlite-store.ts'],
  ['src/history-formats.ts', './store/journal.ts'],
  ['src/doctor.ts', './slack/modal.ts'],
  ['src/doctor.ts', 'undici'],
  ['src/doctor/journal.ts', 'kysely'],
  ['src/doctor/journal.ts', '../app.ts'],
  ['src/doctor/slack-token.ts', '@slack/bolt'],
  ['src/privacy/change.ts', '../doctor/finding.ts'],
  ['src/slack/audit.ts', '../doctor/finding.ts'],
  ['src/gateways/zapi.ts', '../doctor/finding.ts'],
  ['src/store/journal.ts', '../doctor/finding.ts'],
  ['src/app.ts', './doctor/finding.ts'],
  ['src/main.ts', './doctor/finding.ts'],
  ['src/privacy/change-applier.ts', '../metrics/metrics.ts'],
  ['src/privacy/change-applier.ts', 'prom-client'],
  ['src/slack/connection.ts', '../metrics/metrics.ts'],
  ['src/gateways/zapi.ts', '../metrics/metrics.ts'],
  ['src/app.ts', 'prom-client'],
  ['src/metrics/metrics.ts', '../slack/connection.ts'],
  ['src/metrics/metrics.ts', '../config.ts'],
  ['src/redact.ts', './app.ts'],
  ['fakes/zapi/fake-zapi.ts', '../../src/privacy/phone.ts'],
  ['fakes/slack/fake-slack.ts', '@slack/web-api'],
])('the linter refuses that %s imports %s', (file, imported) => {
  expect(isAllowed(file, imported)).toBe(false);
});

test.each([
  ['src/slack/audit.ts', '../privacy/ports.ts'],
  ['src/slack/audit.ts', '@slack/bolt'],
  ['src/gateways/zapi.ts', '../privacy/ports.ts'],
  ['src/gateways/zapi.ts', '../http.ts'],
  ['src/slack/web-api.ts', '../http.ts'],
  ['src/http.ts', 'undici'],
  ['src/store/journal.ts', '../privacy/ports.ts'],
  ['src/store/database.ts', 'kysely'],
  ['src/store/postgres-pool.ts', 'pg'],
  ['src/store/sqlite-file.ts', 'node:sqlite'],
  ['src/main.ts', 'dotenv'],
  ['src/app.ts', './store/sqlite-store.ts'],
  ['src/history.ts', './store/journal-reader.ts'],
  ['src/history.ts', 'dotenv'],
  ['src/app.ts', './gateways/zapi.ts'],
  ['src/metrics/metrics.ts', '../privacy/ports.ts'],
  ['src/metrics/counters.ts', 'prom-client'],
  ['src/log.ts', 'pino'],
  ['src/app.ts', './metrics/metrics.ts'],
  ['src/doctor.ts', './doctor/zapi.ts'],
  ['src/doctor.ts', 'dotenv'],
  ['src/doctor/zapi.ts', '../gateways/zapi.ts'],
  ['src/doctor/blocks.ts', '../slack/modal.ts'],
  ['src/doctor/journal.ts', '../store/journal-reader.ts'],
])('the linter allows that %s imports %s', (file, imported) => {
  expect(isAllowed(file, imported)).toBe(true);
});
