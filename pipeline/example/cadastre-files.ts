/**
 * The shapefiles of one delivery of the cadastre, open together and filled commune by
 * commune, so that a delivery of a million parcelles is never held in memory.
 */
import { join } from 'node:path';
import type { FieldTable } from './fields.ts';
import { shout, VectorFile, type Row, type VectorSpec } from './vector-file.ts';

/** The layers of a delivery: what geometry they have, and their fields. */
export type DeliveryLayers = Readonly<Record<string, readonly [VectorSpec['geometry'], FieldTable]>>;

export interface Delivery {
  /** Where the files go; it exists. */
  readonly folder: string;
  readonly epsg: number;
  /** As GDAL names it; also what the `.cpg` will say. */
  readonly encoding: 'UTF-8' | 'ISO-8859-1';
  /** What the DBF headers say. */
  readonly date: string;
  readonly layers: DeliveryLayers;
}

export class CadastreFiles {
  readonly #paths: string[] = [];
  readonly #files = new Map<string, VectorFile>();

  constructor({ folder, epsg, encoding, date, layers }: Delivery) {
    const options = [`ENCODING=${encoding}`, `DBF_DATE_LAST_UPDATE=${date}`];
    for (const [name, [geometry, fields]] of Object.entries(layers)) {
      const path = join(folder, `${name}.${geometry === null ? 'dbf' : 'shp'}`);
      const spec = { path, driver: 'ESRI Shapefile', geometry, fields, options } as const;
      this.#files.set(name, new VectorFile(geometry === null ? spec : { ...spec, epsg }));
      this.#paths.push(path);
    }
  }

  /** @throws Error when the delivery has no such layer: a slip of ours. */
  add(layer: string, row: Row): void {
    const file = this.#files.get(layer);
    if (!file) throw new Error(`this delivery has no layer ${layer}`);
    file.add(row);
  }

  /** Closes all, and gives the files IGN's upper-case extensions. */
  close(): void {
    for (const file of this.#files.values()) file.close();
    for (const path of this.#paths) shout(path);
  }
}
