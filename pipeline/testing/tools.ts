/** Stand-ins for the programs that the pipeline runs. */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, vi } from 'vitest';
import type { TestFolder } from './folder.ts';

export interface TestTools {
  /** Puts a shell script first on PATH until the test ends. */
  fake(name: string, script: string): void;
  /** Leaves nothing on PATH until the test ends. */
  none(): void;
}

export function useTools(folder: TestFolder): TestTools {
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  return {
    fake(name, script) {
      const path = folder.write(`bin/${name}`, `#!/bin/bash\n${script}\n`);
      chmodSync(path, 0o755);
      vi.stubEnv('PATH', `${dirname(path)}:${process.env['PATH'] ?? ''}`);
    },
    none() {
      const empty = folder.path('nothing');
      mkdirSync(empty, { recursive: true });
      vi.stubEnv('PATH', empty);
    },
  };
}
