import { afterAll, describe } from '@jest/globals';
import { describeStore } from './contract.ts';
import { createRoot } from './databases.ts';

const root = createRoot();

afterAll(() => root.remove());

describe('a store in SQLite', () => {
  describeStore(async () => root.makeSqlite());
});
