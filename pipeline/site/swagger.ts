/**
 * The interface to OpenAPI that is shown, from the npm package of the version that the lock
 * file pins: its files as they are there, with their licence, loaded from no other host.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

function read(name: string): string {
  // Maps are not published: a browser with its tools open would ask for them.
  return readFileSync(join(FOLDER, name), 'utf8').replace(/^(?:\/\/|\/\*)# sourceMappingURL=.*$/m, '');
}

export function interfaceFiles(): Record<string, string> {
  const licences = ['NOTICE', 'LICENSE', 'swagger-ui-bundle.js.LICENSE.txt'].map(read);
  return {
    'swagger-ui.js': read('swagger-ui-bundle.js'),
    'swagger-ui.css': read('swagger-ui.css'),
    'swagger-ui-licences.txt': licences.join('\n\n'),
  };
}
