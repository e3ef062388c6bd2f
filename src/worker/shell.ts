/**
 * The files that the site itself needs offline: asked of the network first, and taken from
 * what was kept where there is none. Refuses to keep an answer that is not the file.
 */
import type { CacheLike } from './kept-file.ts';

export interface Shell {
  /** Keeps all the files that are not kept and can be had now. Never rejects. */
  fill(): Promise<void>;
  /** The answer to `request` for `file`. @param later - what must be waited for after it. */
  answer(request: Request, file: string, later: (work: Promise<unknown>) => void): Promise<Response>;
}

/** Of the addresses `files`, in `cache`. */
export function openShell(
  files: readonly string[],
  cache: () => Promise<CacheLike>,
  network: typeof fetch,
): Shell {
  const keep = async (file: string, response: Response): Promise<void> => {
    // A page that was redirected cannot answer a navigation.
    if (response.status !== 200 || response.redirected) return;
    await (await cache()).put(file, response);
  };
  const quietly = (work: Promise<void>): Promise<void> => work.catch(() => undefined);
  return {
    async fill() {
      const one = async (file: string): Promise<void> => {
        if (await (await cache()).match(file)) return;
        await keep(file, await network(file, { cache: 'no-cache' }));
      };
      await Promise.all(files.map((file) => quietly(one(file))));
    },
    async answer(request, file, later) {
      try {
        const response = await network(request);
        later(quietly(keep(file, response.clone())));
        return response;
      } catch (error) {
        const kept = await cache()
          .then((opened) => opened.match(file))
          .catch(() => undefined);
        if (kept) return kept;
        throw error;
      }
    },
  };
}
