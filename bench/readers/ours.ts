/** Our own library, answers with their geometries unless said otherwise. */
import { openCarto, type Carto } from '../../src/index.ts';
import type { Kind, Query } from '../data/queries.ts';
import type { Reader, Session } from './reader.ts';

export interface OursOptions {
  readonly name?: string;
  readonly layer: string;
  readonly idField: string;
  /** `false`: answers without geometries. */
  readonly geometry?: boolean;
  readonly kinds?: readonly Kind[];
}

const KINDS: readonly Kind[] = ['point', 'polygon', 'box', 'id', 'section', 'commune'];

/** The parameters of `query` for one layer. */
export function parametersOf({ geom, where }: Query, geometry: boolean): Record<string, unknown> {
  return { ...where, ...(geom === undefined ? {} : { geom }), ...(geometry ? {} : { geometry }) };
}

function session(address: string, { layer, idField, geometry = true }: OursOptions): Session {
  let carto: Promise<Carto> | null = null;
  const opened = (): Promise<Carto> => (carto ??= openCarto(address));
  return {
    warm: async () => {
      await opened();
    },
    ask: async (query) => {
      const { features } = await (await opened()).query(layer, parametersOf(query, geometry));
      return features.map(({ properties }) => String(properties[idField]));
    },
  };
}

export function ours(options: OursOptions): Reader {
  const { name = 'carto-statique', kinds = KINDS } = options;
  return { name, kinds, open: (address) => session(`${address}/ours/`, options) };
}
