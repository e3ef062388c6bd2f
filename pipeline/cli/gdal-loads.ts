/** Whether GDAL is there for the commands that need it. */
import { createRequire } from 'node:module';
import { messageOf, PipelineError } from '../errors.ts';

/**
 * gdal-async's native half is made for one Node and one libgdal: another of either, and it does not
 * load. Asked before the modules that import it are, for Node 20 tells their failure twice.
 * @throws PipelineError `ToolFailed`, which says what mends that.
 */
export function assertGdalLoads(): void {
  try {
    createRequire(import.meta.url)('gdal-async');
  } catch (error) {
    const [why] = messageOf(error).split('\n');
    const what = `gdal-async does not load in Node ${process.versions.node}; run make setup (${String(why)})`;
    throw new PipelineError('ToolFailed', what, {}, error);
  }
}
