/**
 * Rows of schema `wfs_sup` of the extraction: servitudes, their acts, what generates
 * them and where they apply. Generators and perimeters come as points, lines and
 * areas; acts have no place.
 */
import { blob } from './blob.ts';
import type { Values } from './fields.ts';
import type { ExtractionTable } from './gpu-columns.ts';
import { documentValues, epsgOf, type GpuRow } from './gpu-documents.ts';
import { randomOf } from './random.ts';
import { onGrid, type Point } from './ring.ts';
import { multi, polygon, type Shape } from './shape.ts';
import { MANAGERS, SERVITUDES, type Servitude } from './servitudes.ts';
import type { Plans } from './territory.ts';

/** `[<manager>_]SUP_<mesh>_<category>`. */
function partition({ categorie, maillage }: Servitude): string {
  return `${MANAGERS[categorie][0]}_SUP_${maillage}_${categorie}`;
}

function circle([x, y]: Point, radius: number): readonly Point[] {
  const points = Array.from({ length: 64 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 64;
    return onGrid(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  });
  return [...points, ...points.slice(0, 1)];
}

function river([x, y]: Point, name: string): readonly Point[] {
  const random = randomOf(name, 'river');
  return Array.from({ length: 30 }, (_, i) => onGrid(x + 20 * i, y + 8 * i + random.uniform(-12, 12)));
}

function generatorShape({ generator, nom }: Servitude, at: Point): Shape {
  if (generator === 'p') return { type: 'Point', coordinates: at };
  if (generator === 'l') return { type: 'LineString', coordinates: river(at, nom) };
  return polygon(blob(at, 18, randomOf(nom), { vertices: 12 }));
}

/** AC1 applies within 500 m of the monument; plans have perimeters of their own. */
function perimeterShape({ categorie, nom }: Servitude, kind: 'p' | 'l' | 's', at: Point): Shape {
  if (kind === 'p') return { type: 'MultiPoint', coordinates: [at, onGrid(at[0] + 40, at[1])] };
  if (kind === 'l') return { type: 'MultiLineString', coordinates: [river(at, nom)] };
  return categorie === 'AC1'
    ? polygon(circle(at, 500))
    : multi([[blob(at, 320, randomOf(nom, 'perimeter'), { vertices: 90 })]]);
}

function ids({ categorie, number }: Servitude): Record<'idsup' | 'idgen' | 'idacte', string> {
  const idsup = `${categorie}-${MANAGERS[categorie][0]}-${String(number).padStart(5, '0')}`;
  return { idsup, idgen: `${idsup}-1`, idacte: `${idsup}-act` };
}

/** Rows without a place: the servitude, its acts and what joins them. */
function tableRows(servitude: Servitude, base: Values): GpuRow[] {
  const { idsup, idacte } = ids(servitude);
  const { categorie, nom, acts } = servitude;
  const [idgest] = MANAGERS[categorie];
  const [shape, descriptio] = [null, `${nom} : servitude ${categorie}`];
  const sup = {
    ...base,
    idsup,
    idgest,
    nomsup: `${idsup}_sup`,
    nomsuplitt: nom,
    categorie,
    descriptio,
    estabroge: 'F',
  };
  return [
    { table: 'wfs_sup.servitude', id: idsup, values: sup, shape },
    ...acts.flatMap((typeacte, i): GpuRow[] => {
      const id = `${idacte}${String(i + 1)}`;
      const acte = { ...base, idacte: id, nomacte: `${id}_act`, reference: 'inconnu', typeacte };
      const values = {
        ...acte,
        fichier: `${id}.pdf`,
        decision: 'Création',
        datedecis: `199${String(i)}0314`,
        aplan: 'F',
      };
      return [
        { table: 'wfs_sup.acte_sup', id, values, shape },
        { table: 'wfs_sup.servitude_acte_sup', id, values: { ...base, idsup, idacte: id }, shape },
      ];
    }),
  ];
}

function placedRows(plans: Plans, servitude: Servitude, base: Values): GpuRow[] {
  const { idsup, idgen } = ids(servitude);
  const { village } = plans.of(servitude.codeInsee);
  const at = onGrid(village[0] + servitude.place[0], village[1] + servitude.place[1]);
  const epsg = epsgOf(servitude.codeInsee);
  const suptype = servitude.suptype ?? servitude.categorie.toLowerCase();
  const shared = { ...base, suptype, idgen, nomsuplitt: servitude.nom };
  const defect = servitude.defect ? { defect: servitude.defect } : {};
  const generator: GpuRow = {
    table: `wfs_sup.generateur_sup_${servitude.generator}`,
    id: idgen,
    values: {
      ...shared,
      idsup,
      nomgen: `${idgen}_gen`,
      typegen: servitude.typegen,
      modegenere: 'Digitalisation',
    },
    shape: generatorShape(servitude, at),
    epsg,
    ...defect,
  };
  const areas = servitude.perimeters.map((kind, i): GpuRow => {
    const table: ExtractionTable = `wfs_sup.assiette_sup_${kind}`;
    const idass = `${idgen}-${String(i + 1)}`;
    const typeass = servitude.categorie === 'AC1' ? 'Périmètre des abords' : 'Zone réglementée';
    const values = {
      ...shared,
      idass,
      nomass: `${idass}_ass`,
      typeass,
      modegeoass: 'Calculée',
      paramcalc: 500,
    };
    return { table, id: idass, values, shape: perimeterShape(servitude, kind, at), epsg };
  });
  return [generator, ...areas];
}

/** All rows of all servitudes, and their managers. */
export function servitudeRows(plans: Plans): GpuRow[] {
  const rows = SERVITUDES.flatMap((servitude) => {
    const name = partition(servitude);
    const base = documentValues({ name, partition: name });
    return [...tableRows(servitude, base), ...placedRows(plans, servitude, base)];
  });
  const managers = SERVITUDES.filter((servitude) => servitude.number === 1).map((servitude): GpuRow => {
    const [idgest, nomgest] = MANAGERS[servitude.categorie];
    const name = partition(servitude);
    const values = { ...documentValues({ name, partition: name }), idgest, nomgest };
    return { table: 'wfs_sup.gestionnaire_sup', id: idgest, values, shape: null };
  });
  return [...rows, ...managers];
}
