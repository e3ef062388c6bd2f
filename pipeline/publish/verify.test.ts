import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../src/format/catalogue.ts';
import { encodeCatalogue } from '../../src/format/catalogue-json.ts';
import { parseCatalogue } from '../../src/format/parse-catalogue.ts';
import { build } from '../build/build.ts';
import { useFolder } from '../testing/folder.ts';
import { contents } from '../testing/snapshot.ts';
import { writeTerritory } from '../testing/territory.ts';
import { verify } from './verify.ts';

const folder = useFolder();

interface FileEntry {
  path: string;
  length: number;
  sha256: string;
}

interface PartitionEntry {
  features: number;
  file: FileEntry;
}

interface ManifestEntries {
  territory: string;
  layers: Record<string, { partitions: PartitionEntry[]; index: FileEntry }>;
  tiles: Record<string, { file: FileEntry; layers: string[] }>;
}

/** As it is parsed; tests may change it. */
type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> };

describe('verifying a published tree', () => {
  let root: string;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'carto-verify-'));
    const sources = writeTerritory(join(root, 'sources'));
    await build({ sources, directory: join(root, 'dist'), work: join(root, 'work') });
  });

  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function copy(): string {
    const directory = folder.path('dist');
    cpSync(join(root, 'dist'), directory, { recursive: true });
    return directory;
  }

  function readJson(directory: string, path: string): unknown {
    return JSON.parse(readFileSync(join(directory, path), 'utf8'));
  }

  async function editCatalogue(
    directory: string,
    edit: (catalogue: Mutable<Catalogue>) => void,
  ): Promise<void> {
    const catalogue = structuredClone(await parseCatalogue(readJson(directory, 'catalogue.json')));
    edit(catalogue as Mutable<Catalogue>);
    writeFileSync(
      join(directory, 'catalogue.json'),
      JSON.stringify(encodeCatalogue(catalogue, deflateRawSync)),
    );
  }

  /** Puts `bytes` in the place of `file`, under a name that fits them, and has `file` say so. */
  function replace(directory: string, file: FileEntry, bytes: Uint8Array): void {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    rmSync(join(directory, file.path));
    const path = file.path.replace(/\.[0-9a-f]{16}\./, `.${sha256.slice(0, 16)}.`);
    writeFileSync(join(directory, path), bytes);
    Object.assign(file, { path, length: bytes.length, sha256 });
  }

  /** Edits the manifest, which the catalogue names again. */
  async function editManifest(directory: string, edit: (manifest: ManifestEntries) => void): Promise<void> {
    await editCatalogue(directory, ({ manifest: file }) => {
      const manifest = readJson(directory, file.path) as ManifestEntries;
      edit(manifest);
      replace(directory, file, Buffer.from(JSON.stringify(manifest)));
    });
  }

  /** The one file whose path begins so. */
  function find(directory: string, start: string): string {
    const [path = ''] = Object.keys(contents(directory)).filter((name) => name.startsWith(start));
    return path;
  }

  function partitionOf(manifest: ManifestEntries, layer: string): PartitionEntry {
    const partition = manifest.layers[layer]?.partitions[0];
    if (partition === undefined) throw new Error(`no ${layer}`);
    return partition;
  }

  /** Puts other bytes in the place of the first file of a layer, under a name and a manifest that agree with them. */
  async function forge(directory: string, layer: string, bytes: Uint8Array): Promise<string> {
    let forged = '';
    await editManifest(directory, (manifest) => {
      const { file } = partitionOf(manifest, layer);
      replace(directory, file, bytes);
      forged = file.path;
    });
    return forged;
  }

  it('finds no fault in a tree as it was built, and counts what it holds', async () => {
    const directory = copy();
    const files = Object.keys(contents(directory)).filter((path) => /^(data|tiles)\/|^manifest/.test(path));
    const verification = await verify(directory);
    expect(verification).toMatchObject({ files: files.length, faults: [] });
    expect(verification.bytes).toBe(
      files.reduce((sum, path) => sum + readFileSync(join(directory, path)).length, 0),
    );
    expect(verification.features).toBeGreaterThan(0);
  });

  it.each([
    'data/cadastre/parcelle/',
    'data/cadastre/parcelle.',
    'data/codes-postaux/',
    'data/codes-postaux.',
    'tiles/gpu.',
  ])('tells of a flipped bit, a byte too few, a byte too many and an absence in %s', async (start) => {
    const directory = copy();
    const path = find(directory, start);
    const file = join(directory, path);
    const good = readFileSync(file);
    const flipped = Buffer.from(good);
    const middle = Math.floor(good.length / 2);
    flipped.writeUInt8(flipped.readUInt8(middle) ^ 1, middle);

    const faults = async (): Promise<unknown> => (await verify(directory)).faults;
    writeFileSync(file, flipped);
    expect(await faults()).toEqual([
      { path, what: expect.stringMatching(/^sha256 .* is announced$/) as unknown },
    ]);
    truncateSync(file, good.length - 1);
    expect(await faults()).toEqual([
      { path, what: `${good.length - 1} bytes where ${good.length} are announced` },
    ]);
    writeFileSync(file, good);
    appendFileSync(file, 'x');
    expect(await faults()).toEqual([
      { path, what: `${good.length + 1} bytes where ${good.length} are announced` },
    ]);
    rmSync(file);
    expect(await faults()).toEqual([{ path, what: 'missing' }]);
  });

  it('tells of files that no manifest names', async () => {
    const directory = copy();
    folder.write('dist/data/cadastre/parcelle/22.0123456789abcdef.fgb', 'x');
    folder.write('dist/tiles/x.pmtiles', 'x');
    folder.write('dist/index.html', 'the page is no data');
    expect((await verify(directory)).faults).toEqual([
      { path: 'data/cadastre/parcelle/22.0123456789abcdef.fgb', what: 'named by no manifest' },
      { path: 'tiles/x.pmtiles', what: 'named by no manifest' },
    ]);
  });

  it.each(['cadastre/parcelle', 'codes-postaux/communes'])(
    'tells when %s holds another number than announced',
    async (layer) => {
      const directory = copy();
      let path = '';
      await editManifest(directory, (manifest) => {
        const partition = partitionOf(manifest, layer);
        partition.features += 1;
        path = partition.file.path;
      });
      const { faults } = await verify(directory);
      expect(faults.filter((fault) => fault.path !== 'catalogue.json')).toEqual([
        { path, what: expect.stringMatching(/^\d+ (features|rows), the manifest says \d+$/) as unknown },
      ]);
    },
  );

  it('tells when the catalogue and the manifest differ', async () => {
    const directory = copy();
    const differences = async (edit: (catalogue: Mutable<Catalogue>) => void): Promise<unknown> => {
      const path = join(directory, 'catalogue.json');
      const good = readFileSync(path);
      await editCatalogue(directory, edit);
      const { faults } = await verify(directory);
      writeFileSync(path, good);
      return faults.filter((fault) => fault.path === 'catalogue.json').map(({ what }) => what);
    };
    const says = (what: string): string[] => [`says of ${what} what the manifest does not`];
    expect(await differences(({ layers }) => delete layers['gpu/zone-urba'])).toEqual(says('gpu/zone-urba'));
    expect(
      await differences(({ layers }) => {
        Object.assign(layers['gpu/zone-urba'] ?? {}, { features: 1 });
      }),
    ).toEqual(says('gpu/zone-urba'));
    expect(
      await differences((catalogue) => {
        catalogue.territory = 'ailleurs';
      }),
    ).toEqual(says('the tree'));
  });

  it('tells when the list of postal codes lists other tables', async () => {
    const directory = copy();
    const path = await forge(directory, 'codes-postaux/communes', Buffer.from('[{"codePostal":"21999"}]'));
    const list = find(directory, 'data/codes-postaux.');
    expect((await verify(directory)).faults).toEqual([
      { path: list, what: 'lists other tables than the manifest' },
    ]);
    expect(path).toMatch(/^data\/codes-postaux\/21\./);
  });

  it('tells when readers would refuse the list of postal codes', async () => {
    const directory = copy();
    await editCatalogue(directory, ({ codesPostaux }) => {
      if (codesPostaux !== null) Object.assign(codesPostaux, { crc32: 1 });
    });
    expect((await verify(directory)).faults).toEqual([
      {
        path: find(directory, 'data/codes-postaux.'),
        what: 'not of the CRC-32 that the catalogue says',
      },
    ]);
  });

  it('tells of a file that is not named by its content', async () => {
    const directory = copy();
    const path = 'data/cadastre/parcelle/21.0000000000000000.fgb';
    await editManifest(directory, (manifest) => {
      const { file } = partitionOf(manifest, 'cadastre/parcelle');
      renameSync(join(directory, file.path), join(directory, path));
      file.path = path;
    });
    expect((await verify(directory)).faults).toEqual([{ path, what: 'not named by its content' }]);
  });

  it.each([
    ['cadastre/parcelle', 'no FlatGeobuf', /GDAL cannot read it/],
    ['codes-postaux/communes', '{"rows": []}', /not a list of rows/],
    ['codes-postaux/communes', 'no JSON', /JSON/],
  ])('tells when %s has its hash and cannot be read: %s', async (layer, content, what) => {
    const directory = copy();
    const path = await forge(directory, layer, Buffer.from(content));
    expect((await verify(directory)).faults).toEqual([
      { path, what: expect.stringMatching(what) as unknown },
    ]);
  });

  it('tells when a layer has other columns than announced', async () => {
    const directory = copy();
    const zones = readFileSync(join(directory, find(directory, 'data/gpu/zone-urba/')));
    const path = await forge(directory, 'cadastre/parcelle', zones);
    expect((await verify(directory)).faults).toEqual([
      { path, what: expect.stringMatching(/^columns gid, gpu_doc_id/) as unknown },
    ]);
  });

  it('tells when the tiles lack a layer', async () => {
    const directory = copy();
    const path = find(directory, 'tiles/gpu.');
    await editManifest(directory, (manifest) => {
      manifest.tiles['gpu']?.layers.push('info-pct');
    });
    expect((await verify(directory)).faults).toEqual([{ path, what: 'no layer info-pct in the tiles' }]);
  });

  it.each([
    ['there is none', (): string => '', /no catalogue\.json: nothing is published here/],
    ['it is no JSON', (): string => '<!DOCTYPE html>', /expected JSON/],
    [
      'it is of a later format',
      (text: string): string => text.replace('"format":2', '"format":99'),
      /format 2, found 99/,
    ],
    [
      'it points out of the tree',
      (text: string): string => text.replace('"manifest.', '"../manifest.'),
      /a relative path/,
    ],
    [
      'a letter of its sealed part is another',
      (text: string): string =>
        text.replace(
          /(.)(.{9})"\}\s*$/,
          (_, letter: string, rest: string) => `${letter === 'A' ? 'B' : 'A'}${rest}"}`,
        ),
      /catalogue\.json/,
    ],
    [
      'its manifest is another',
      (text: string): string => text.replace('"manifest":{"path":"manifest.', '"manifest":{"path":"other.'),
      /other\.[0-9a-f]{16}\.json: missing/,
    ],
  ])('is refused when %s', async (_, edit, message) => {
    const directory = copy();
    const path = join(directory, 'catalogue.json');
    const text = edit(readFileSync(path, 'utf8'));
    if (text === '') rmSync(path);
    else writeFileSync(path, text);
    await expect(verify(directory)).rejects.toMatchObject({
      code: 'VerifyFailed',
      message: expect.stringMatching(message) as string,
    });
  });
});
