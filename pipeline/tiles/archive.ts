/** Reads a tile archive back through the pmtiles package: its directories, then its tiles. */
import { closeSync, openSync, readSync } from 'node:fs';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles, tileIdToZxy, type Entry, type Header, type RangeResponse, type Source } from 'pmtiles';
import { z } from 'zod';
import { messageOf, PipelineError, type Where } from '../errors.ts';

/** A local file as the pmtiles package wants it. */
class FileSource implements Source {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'r');
  }

  getKey(): string {
    return this.#path;
  }

  getBytes(offset: number, length: number): Promise<RangeResponse> {
    const bytes = new Uint8Array(length);
    const read = readSync(this.#file, bytes, 0, length, offset);
    return Promise.resolve({ data: bytes.buffer.slice(0, read) });
  }

  close(): void {
    closeSync(this.#file);
  }
}

export interface ArchiveContent {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Tiles in the directories, repeated ones counted each time. */
  readonly tiles: number;
  /** Layers with a feature in a tile that was decoded; of a large archive, those that it announces. */
  readonly layers: readonly string[];
}

/** Every tile up to this number; beyond, as many spread evenly: an archive of France has millions. */
const DECODED_TILES = 2000;

/** The tiles that a directory names, through its leaves. */
async function readDirectory(
  archive: PMTiles,
  header: Header,
  offset: number,
  length: number,
): Promise<Entry[]> {
  const entries = await archive.cache.getDirectory(archive.source, offset, length, header);
  const tiles: Entry[] = [];
  for (const entry of entries) {
    if (entry.runLength > 0) tiles.push(entry);
    else {
      const leaf = header.leafDirectoryOffset + entry.offset;
      for (const tile of await readDirectory(archive, header, leaf, entry.length)) tiles.push(tile);
    }
  }
  return tiles;
}

async function layersOf(archive: PMTiles, entry: Entry): Promise<string[]> {
  const zxy = tileIdToZxy(entry.tileId);
  const tile = await archive.getZxy(...zxy);
  if (tile === undefined) throw new Error(`tile ${zxy.join('/')} is announced and missing`);
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(tile.data)));
  return Object.values(layers)
    .filter((layer) => layer.length > 0)
    .map((layer) => layer.name);
}

const metadata = z.object({ vector_layers: z.array(z.object({ id: z.string() })) });

async function announcedLayers(archive: PMTiles): Promise<string[]> {
  return metadata.parse(await archive.getMetadata()).vector_layers.map(({ id }) => id);
}

async function readContent(archive: PMTiles): Promise<ArchiveContent> {
  const header = await archive.getHeader();
  const entries = await readDirectory(
    archive,
    header,
    header.rootDirectoryOffset,
    header.rootDirectoryLength,
  );
  const stride = Math.ceil(entries.length / DECODED_TILES);
  const layers = new Set<string>(stride > 1 ? await announcedLayers(archive) : []);
  for (const entry of entries.filter((_, i) => i % stride === 0)) {
    for (const layer of await layersOf(archive, entry)) layers.add(layer);
  }
  const tiles = entries.reduce((sum, entry) => sum + entry.runLength, 0);
  return { minZoom: header.minZoom, maxZoom: header.maxZoom, tiles, layers: [...layers].sort() };
}

/** What the archive at `path` says of itself to whoever shows it. @throws where it is no archive. */
export async function readMetadata(path: string): Promise<{ name: string; attribution: string }> {
  const source = new FileSource(path);
  try {
    const said = await new PMTiles(source).getMetadata();
    return z.object({ name: z.string(), attribution: z.string() }).parse(said);
  } finally {
    source.close();
  }
}

/**
 * Reads the archive at `path`.
 * @throws PipelineError `ToolFailed` when it is not there, no PMTiles archive, or a tile of it cannot
 *   be decoded.
 */
export async function readArchive(path: string, where: Where = { member: path }): Promise<ArchiveContent> {
  let source: FileSource | undefined;
  try {
    source = new FileSource(path);
    return await readContent(new PMTiles(source));
  } catch (error) {
    throw new PipelineError('ToolFailed', `unreadable tiles: ${messageOf(error)}`, where, error);
  } finally {
    source?.close();
  }
}
