import { dirname } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HOST, useDownloads, wantedZip, zipOf } from '../testing/upstream/downloads.ts';
import { main } from './main.ts';

const downloads = useDownloads();

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs `carto prune` over the test's folder, and gives its status and what it said. */
async function prune(...flags: string[]): Promise<[number, string]> {
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => (said += String(text)) !== '');
  const data = dirname(downloads.options.lock);
  const status = await main(['node', 'carto', 'prune', '--data', data, ...flags]);
  return [status, said];
}

describe('carto prune', () => {
  it('removes what is not locked any more, and says how much', async () => {
    const [old, next] = [zipOf(5000, 1), zipOf(5000, 2)];
    downloads.upstream.serve(HOST, '/file.zip', old);
    await downloads.fetch(wantedZip());
    downloads.upstream.serve(HOST, '/file.zip', next);
    await downloads.fetch(wantedZip(), { accept: () => true });
    expect(await prune('--json')).toEqual([0, `{"files":1,"bytes":${old.length}}\n`]);
    expect(await prune()).toEqual([0, '0 files removed, 0 bytes\n']);
    expect([...downloads.stored().values()]).toEqual([next]);
  });

  it('removes nothing while the lock file cannot be read', async () => {
    downloads.upstream.serve(HOST, '/file.zip', zipOf(5000));
    await downloads.fetch(wantedZip());
    downloads.folder.write('sources.lock.json', '<<<<<<< HEAD');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await prune()).toEqual([1, '']);
    expect(downloads.stored().size).toBe(1);
  });
});
