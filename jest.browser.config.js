import { shared } from './jest.config.js';

/** Tests that drive a real browser; apart from the others because they need Chromium on the machine. */
export default {
  ...shared,
  testMatch: ['<rootDir>/test/**/*.browser.test.ts'],
  testTimeout: 60_000,
};
