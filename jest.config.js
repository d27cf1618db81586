/** Tests are TypeScript in ESM, stripped of types by swc; `tsc` checks the types (`npm run types`). */
export const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2024',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  injectGlobals: false,
  testTimeout: 15_000,
  // Most tests wait for something: a clock, a connection. More at once, and on two cores they wait for a processor.
  maxWorkers: 3,
};

export default {
  ...shared,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '\\.browser\\.test\\.ts$'],
};
