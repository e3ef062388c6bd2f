import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'pipeline/**/*.test.ts', 'bench/**/*.test.ts'],
    // GDAL is a native module: worker threads would share its global state.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
