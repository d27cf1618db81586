import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from '@jest/globals';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { describeStore } from './contract.ts';
import { quickPlace } from './folder.ts';

const root = mkdtempSync(join(quickPlace, 'lastseen-'));

afterAll(() => rmSync(root, { recursive: true }));

describe('a store in SQLite', () => {
  describeStore(async () => createSqliteStore({ dataDir: mkdtempSync(join(root, 'data-')) }));
});
