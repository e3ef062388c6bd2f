/**
 * A server of a published tree: its files, and under `/api/` what API Carto would answer
 * from them. What the tree cannot answer is an error with a reason, never an empty answer.
 */
import { createServer, type Server } from 'node:http';
import { createApi, respondToFault, type Api } from '../../../src/api/index.ts';
import { isCartoError } from '../../../src/errors.ts';
import { staticFiles } from './static-host.ts';
import { exchange } from './api-exchange.ts';
import { CurrentTree } from './current-tree.ts';

/** Two slashes, as addresses have them that were put together from parts, are one. */
const API = /^\/+api\//i;

/** The API over the tree as it is when it is asked. */
function apiOver(tree: CurrentTree): Api {
  return async (request) => {
    try {
      return await createApi(await tree.open())(request);
    } catch (error) {
      if (isCartoError(error)) return respondToFault(error);
      throw error;
    }
  };
}

/** @throws when there is no such folder. */
export async function createTreeHost(folder: string): Promise<Server> {
  const sendFile = await staticFiles(folder);
  const api = apiOver(new CurrentTree(folder));
  return createServer((request, response) => {
    // Clients that take this for their proxy send whole addresses, which any server must accept.
    request.url = request.url?.replace(/^https?:\/\/[^/?#]*/i, '');
    const isAsked = API.test(request.url ?? '');
    (isAsked ? exchange(api, request, response) : sendFile(request, response)).catch((error: unknown) => {
      // Who went away hears nothing; a defect is told to who stayed, and to who serves.
      if (response.destroyed || response.headersSent) {
        response.destroy();
        return;
      }
      process.stderr.write(`carto: ${String(error instanceof Error ? error.stack : error)}\n`);
      response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify({ code: 500, message: 'This is a defect of carto-statique.' }));
    });
  });
}
