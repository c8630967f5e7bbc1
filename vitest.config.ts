import { defineConfig } from 'vitest/config';

// graphql 16 has a CommonJS and an ES build; keep every importer on the one Node picks.
const alias = { graphql: 'graphql/index.js' };
const conditions = ['source'];
// A slow machine gets time; what never comes still fails the test.
const patience = { poll: { timeout: 30_000 } };
const shared = {
  resolve: { alias, conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'services',
          // Vitest leaves one core free, which on two cores is half of them.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          include: [
            '{packages,subgraphs,tools}/*/src/**/*.test.ts',
            '{gateway,launcher,web}/src/**/*.test.ts',
          ],
          setupFiles: ['reflect-metadata'],
          globalSetup: ['packages/postgres/src/vitest-setup.ts'],
          expect: patience,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          sequence: { groupOrder: 1 },
          include: ['e2e/*/*.test.ts'],
          globalSetup: ['packages/sandbox/src/vitest-setup.ts'],
          // Many start a product of their own: one at a time is faster on a small machine.
          fileParallelism: false,
          expect: patience,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
