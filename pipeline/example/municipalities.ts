/**
 * Rows of `wfs_du.municipality`: one for each commune, with whether it is under the
 * national rules (RNU), and one for a commune that was absorbed and is deleted.
 */
import { epsgOf, outlineOf, type GpuRow } from './gpu-documents.ts';
import { multi, polygon } from './shape.ts';
import { COMMUNES, type Commune, type Plans } from './territory.ts';

/** Without any document: the national rules apply. */
const RNU = '21904';
const COASTLINE: readonly string[] = ['2A904', '97490'];

/** `Échelle-la-Façon` as the GPU writes it: `ECHELLE-LA-FACON`. */
function inCapitals(nom: string): string {
  return nom.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
}

function row([insee, nom]: readonly [string, string], shape: GpuRow['shape'], epsg: number): GpuRow {
  const values = {
    insee,
    name: inCapitals(nom),
    is_rnu: insee === RNU,
    is_deleted: false,
    is_coastline: COASTLINE.includes(insee),
  };
  return { table: 'wfs_du.municipality', id: insee, values, shape, epsg };
}

/** The former commune lies over the one that absorbed it. */
function absorbedRow(plans: Plans, commune: Commune): GpuRow[] {
  const { absorbed } = commune;
  const part = plans.of(commune.codeInsee).parts[1];
  if (!absorbed || !part) return [];
  const living = row([absorbed.codeInsee, absorbed.nom], polygon(part.outline), epsgOf(commune.codeInsee));
  return [{ ...living, values: { ...living.values, is_deleted: true }, defect: 'municipality-deleted' }];
}

/** Arrondissements make one municipality. */
export function municipalityRows(plans: Plans): GpuRow[] {
  const wholes = new Map<string, Commune[]>();
  for (const commune of COMMUNES) {
    const code = commune.arrondissementOf?.codeInsee ?? commune.codeInsee;
    wholes.set(code, [...(wholes.get(code) ?? []), commune]);
  }
  const living = [...wholes].map(([code, parts]) => {
    const [first] = parts;
    const nom = first?.arrondissementOf?.nom ?? first?.nom ?? '';
    const outline = outlineOf(
      plans,
      parts.map((part) => part.codeInsee),
    );
    return row([code, nom], multi([[outline]]), epsgOf(first?.codeInsee ?? code));
  });
  return [...living, ...COMMUNES.flatMap((commune) => absorbedRow(plans, commune))];
}
