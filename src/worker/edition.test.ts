import { describe, expect, it } from 'vitest';
import { CartoError, type CartoErrorCode } from '../errors.ts';
import type { TreeSource } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { TERRITORY } from '../testing/territory.ts';
import { buildTree, type TestFeature, type TestLayer, type TreeFiles } from '../testing/tree.ts';
import { openEditions, type Editions, type Keeping } from './edition.ts';

/** Two layers of the territory; `acts` says which acts there are. */
async function treeOf(acts: (all: readonly TestFeature[]) => readonly TestFeature[]): Promise<TreeFiles> {
  const { 'gpu/acte-sup': layer, 'gpu/info-lin': other } = TERRITORY as Record<string, TestLayer>;
  if (layer === undefined || other === undefined) throw new Error('the territory has changed');
  const partitions = { france: acts(layer.partitions['france'] ?? []) };
  return buildTree({ 'gpu/acte-sup': { ...layer, partitions }, 'gpu/info-lin': other });
}

const first = await treeOf((all) => all);
const second = await treeOf(() => []);
const CHECK_MS = 1000;

/** A host whose files and failures can be changed, with what is kept of it and a clock. */
class Setting {
  files: TreeFiles = first;
  failure: CartoErrorCode | null = null;
  reads = 0;
  time = 0;
  kept: Uint8Array | undefined;
  dropped: ((path: string) => boolean) | undefined;

  open(): Editions {
    const keeping: Keeping = {
      read: async () => Promise.resolve(this.kept),
      write: async (bytes) => {
        this.kept = bytes;
        return Promise.resolve();
      },
      drop: async (isGone) => {
        this.dropped = isGone;
        return Promise.resolve();
      },
    };
    const tree: TreeSource = {
      ...memoryTree(first),
      whole: async (path, signal) => {
        this.reads += 1;
        if (this.failure !== null) throw new CartoError(this.failure, 'as told');
        return memoryTree(this.files).whole(path, signal);
      },
    };
    return openEditions({ tree, keeping, checkMs: CHECK_MS, now: () => this.time });
  }
}

function catalogueOf(files: TreeFiles): Uint8Array {
  return files.get('catalogue.json') as Uint8Array;
}

describe('the edition that is current', () => {
  it('is opened once for all who ask, and looked at again when it is old', async () => {
    const setting = new Setting();
    const editions = setting.open();
    const all = await Promise.all(Array.from({ length: 20 }, () => editions.current()));
    expect(new Set(all).size).toBe(1);
    expect([setting.reads, setting.kept]).toEqual([1, catalogueOf(first)]);
    setting.time += CHECK_MS - 1;
    await editions.current();
    expect(setting.reads).toBe(1);
    setting.time += 1;
    // The same tree: what it has decoded stays.
    expect((await editions.current()).carto).toBe(all[0]?.carto);
    expect(setting.reads).toBe(2);
    editions.expire();
    await editions.current();
    expect(setting.reads).toBe(3);
  });

  it('is the new one when the catalogue has changed; what this leaves behind goes', async () => {
    const setting = new Setting();
    const editions = setting.open();
    const { carto } = await editions.current();
    const isGone = (): boolean[] =>
      [
        'acte-sup.x.idx',
        'acte-sup/france.x.fgb',
        'info-lin.x.idx',
        'info-lin/france.x.fgb',
        'other.x.idx',
      ].map((name) => setting.dropped?.(`data/gpu/${name}`) ?? false);
    expect(isGone()).toEqual([true, true, true, true, true]);
    setting.files = second;
    editions.expire();
    const next = await editions.current();
    expect(next.carto).not.toBe(carto);
    expect(next.carto.catalogue.layers['gpu/acte-sup']?.features).toBe(0);
    expect(isGone()).toEqual([true, true, false, false, true]);
    expect(setting.kept).toEqual(catalogueOf(second));
  });

  it('is known to leave behind the same after the worker was stopped', async () => {
    const setting = new Setting();
    setting.kept = catalogueOf(first);
    setting.files = second;
    await setting.open().current();
    expect(setting.dropped?.('data/gpu/acte-sup.x.idx')).toBe(true);
    expect(setting.dropped?.('data/gpu/info-lin.x.idx')).toBe(false);
  });

  it.each<CartoErrorCode>(['Offline', 'HostFault', 'Timeout', 'Truncated', 'NotOurFile'])(
    'is the one that is kept where the catalogue cannot be read (%s), and says so',
    async (code) => {
      const setting = new Setting();
      setting.kept = catalogueOf(first);
      setting.failure = code;
      const editions = setting.open();
      const { carto, outage } = await editions.current();
      expect(outage).toBe(code);
      expect(Object.keys(carto.catalogue.layers)).toEqual(['gpu/acte-sup', 'gpu/info-lin']);
      setting.failure = null;
      setting.time += CHECK_MS;
      expect((await editions.current()).outage).toBeNull();
      setting.failure = code;
      editions.expire();
      expect((await editions.current()).outage).toBe(code);
    },
  );

  it.each<CartoErrorCode>(['NotFound', 'AccessDenied', 'UnsupportedVersion'])(
    'is none where the host says that there is none: %s',
    async (code) => {
      const setting = new Setting();
      setting.kept = catalogueOf(first);
      setting.failure = code;
      const editions = setting.open();
      await expect(editions.current()).rejects.toMatchObject({ code });
      setting.failure = null;
      expect((await editions.current()).outage).toBeNull();
    },
  );

  it('is none where nothing is kept; the next question asks again', async () => {
    const setting = new Setting();
    setting.failure = 'HostFault';
    const editions = setting.open();
    await expect(editions.current()).rejects.toMatchObject({ code: 'HostFault' });
    setting.failure = null;
    expect((await editions.current()).outage).toBeNull();
  });

  it('is never a catalogue that cannot be opened', async () => {
    const setting = new Setting();
    const editions = setting.open();
    await editions.current();
    const damaged = catalogueOf(second).map((byte, i) => (i === 200 ? byte ^ 1 : byte));
    for (const bytes of [damaged, new TextEncoder().encode('<html>'), catalogueOf(second).slice(0, 99)]) {
      setting.files = new Map([['catalogue.json', bytes]]);
      editions.expire();
      const { carto, outage } = await editions.current();
      expect(['NotOurFile', 'CorruptFile']).toContain(outage);
      expect(carto.catalogue.layers['gpu/acte-sup']?.features).toBe(30);
      expect(setting.kept).toEqual(catalogueOf(first));
    }
  });

  it('is opened anew where what is kept cannot be', async () => {
    const setting = new Setting();
    setting.kept = new TextEncoder().encode('{');
    expect((await setting.open().current()).outage).toBeNull();
    expect(setting.kept).toEqual(catalogueOf(first));
    expect(setting.dropped?.('data/gpu/info-lin.x.idx')).toBe(true);
  });
});
