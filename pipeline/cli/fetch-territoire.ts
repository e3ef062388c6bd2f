/** The sources of a territoire, from its producers: planned, downloaded, laid out below the work folder. */
import { join } from 'node:path';
import { showDownloads } from '../download/index.ts';
import { fetchPlan } from '../sources/producers/fetched.ts';
import { planTerritoire } from '../sources/producers/plan.ts';
import type { Sources } from '../sources/sources-file.ts';
import { remember } from './last-territoire.ts';
import { downloaderIn, requestOf, type TerritoireFlags } from './territoire-flags.ts';

/** @throws PipelineError of a catalogue or of the downloader. */
export async function fetchTerritoire(flags: TerritoireFlags & { readonly work: string }): Promise<Sources> {
  const progress = showDownloads(flags);
  try {
    const { onProgress } = progress;
    const downloader = downloaderIn(flags.data, { onProgress });
    const request = requestOf(flags);
    const plan = await planTerritoire(downloader, request);
    remember(flags.data, request);
    return await fetchPlan(plan, downloader, join(flags.work, 'sources'));
  } finally {
    progress.end();
  }
}
