import { describe, expect, it } from 'vitest';
import { References } from '../normalise/references.ts';
import { Reject } from '../normalise/reject.ts';
import { Row, type RawValue } from '../normalise/row.ts';
import type { Properties } from '../pack/properties.ts';
import type { Source } from '../sources/sources-file.ts';
import type { FormatSpec, MemberRule } from './dataset.ts';
import { findFormat } from './index.ts';

type Format = Source['format'];

function sourceOf(format: Format, keys: Readonly<Record<string, string>> = {}): Source {
  return { format, path: 'source', location: '/source', ...keys } as unknown as Source;
}

function formatOf(format: Format): FormatSpec {
  const spec = findFormat(sourceOf(format));
  if (spec === null) throw new Error(`${format} has no rules`);
  return spec;
}

interface Read {
  readonly properties: Properties;
  readonly notes: readonly string[];
}

/** What the rule of `layer` makes of a row. */
function read(
  { format, ...keys }: { format: Format } & Record<string, string>,
  layer: string,
  values: Readonly<Record<string, RawValue>>,
  references = new References(),
): Read {
  const { member = 'member', ...rest } = keys;
  const rule = formatOf(format).rules.find((candidate: MemberRule) => candidate.layer === layer);
  if (rule === undefined) throw new Error(`${format} does not feed ${layer}`);
  const notes: string[] = [];
  const context = {
    source: sourceOf(format, rest),
    member,
    note: (note: string): void => void notes.push(note),
    geometry: () => null,
    references,
  };
  return { properties: rule.properties(new Row(new Map(Object.entries(values))), context), notes };
}

describe('an appellation', () => {
  const NEW = {
    app: 'Volnay',
    denom: 'Volnay 1er cru',
    id_app: 100,
    id_denom: 200,
    insee: '21712',
    nomcom: 'Volnay',
  };
  const OLD = {
    appellatio: 'Volnay',
    denominati: 'Volnay 1er cru',
    id_app: 100,
    id_denom: 200,
    new_insee: '21712',
    new_nomcom: 'Volnay',
    type_ig: 'AOC',
  };

  it('reads the same from both generations of columns', () => {
    const fromNew = read({ format: 'inao' }, 'aoc/appellation-viticole', {
      ...NEW,
      insee2011: '21712',
      signe: 'AOC',
    });
    const fromOld = read({ format: 'inao' }, 'aoc/appellation-viticole', { ...OLD, old_insee: '21712' });
    expect(fromOld).toEqual(fromNew);
    expect(fromNew.properties).toMatchObject({
      ...{ appellation: 'Volnay', denomination: 'Volnay 1er cru', idapp: '100', id_uni: '1-100-21712' },
      ...{ insee: '21712', old_insee: '21712', new_insee: '21712', segment: '1', granularite: 'exacte' },
      ...{ instruction_obligatoire: false, signe: 'AOC' },
    });
  });

  it.each([
    ['ok', 'insee/new_insee is no code INSEE: "ok"'],
    ['49078,49115', 'insee/new_insee is no code INSEE: "49078,49115"'],
  ])('whose insee is %j and was not corrected keeps it and tells it', (insee, note) => {
    const at = { format: 'inao' } as const;
    const { properties, notes } = read(at, 'aoc/appellation-viticole', { ...NEW, insee, insee2011: '21712' });
    expect(properties).toMatchObject({ insee, old_insee: '21712' });
    expect(notes).toEqual([note]);
  });

  it('whose codes came as numbers has the zero that they lost', () => {
    const at = { format: 'inao' } as const;
    const { properties } = read(at, 'aoc/appellation-viticole', { ...NEW, insee: 1004, insee2011: '2A041' });
    expect(properties).toMatchObject({ insee: '01004', id_uni: '1-100-01004', old_insee: '2A041' });
  });

  it('of Sable de Camargue asks for INAO', () => {
    const { properties } = read({ format: 'inao' }, 'aoc/appellation-viticole', { ...NEW, id_app: 1022 });
    expect(properties['instruction_obligatoire']).toBe(true);
  });
});

const EXPRESS = { format: 'parcellaire-express', departement: '21' } as const;

describe('a parcel', () => {
  const IGN = {
    numero: '12',
    feuille: 1,
    section: 'A',
    code_dep: '21',
    code_com: '54',
    nom_com: 'Beaune',
    gid: 5,
    contenance: 18_560_911_142,
  };

  it('of Parcellaire Express has its codes in full width, and an idu made of them', () => {
    const { properties } = read(EXPRESS, 'cadastre/parcelle', IGN);
    expect(properties).toMatchObject({
      ...{ numero: '0012', section: '0A', code_dep: '21', code_com: '054', com_abs: '000', code_arr: '000' },
      ...{ code_insee: '21054', idu: '210540000A0012', contenance: 18_560_911_142, gid: 5 },
    });
  });

  it('of an arrondissement has it in its idu, and its parent as commune', () => {
    const row = { ...IGN, code_dep: '75', code_com: '056', code_arr: '107', section: 'BT', numero: '0001' };
    const { properties } = read({ ...EXPRESS, departement: '75' }, 'cadastre/parcelle', row);
    expect(properties).toMatchObject({ idu: '75107000BT0001', code_insee: '75056' });
    // Told as a commune of its own: the same.
    const own = { ...row, code_com: '107', code_arr: '000' };
    expect(read({ ...EXPRESS, departement: '75' }, 'cadastre/parcelle', own).properties).toEqual(properties);
  });

  it.each([
    ['97', '410'],
    ['974', '10'],
    ['974', '410'],
  ])('overseas has two digits of its département, from %s and %s', (codeDep, codeCom) => {
    const row = { ...IGN, code_dep: codeDep, code_com: codeCom };
    const { properties } = read({ ...EXPRESS, departement: '974' }, 'cadastre/parcelle', row);
    expect(properties).toMatchObject({
      ...{ code_dep: '97', code_com: '410', code_insee: '97410', idu: '974100000A0012' },
    });
  });

  it('of a commune that another one absorbed keeps its com_abs in full width', () => {
    const { properties } = read(EXPRESS, 'cadastre/parcelle', { ...IGN, com_abs: '12' });
    expect(properties).toMatchObject({ com_abs: '012', idu: '210540120A0012' });
  });

  it('without a contenance has none, and not nought', () => {
    const { properties } = read(EXPRESS, 'cadastre/parcelle', { ...IGN, contenance: null });
    expect(properties['contenance']).toBeNull();
  });

  it('of another département than its source is rejected', () => {
    expect(() => read({ ...EXPRESS, departement: '22' }, 'cadastre/parcelle', IGN)).toThrow(
      new Reject('commune 21054 is not of département 22'),
    );
    const etalab = { id: '21054000AB0012', commune: '21054', prefixe: '000', section: 'AB', numero: '12' };
    expect(() => read({ format: 'etalab', departement: '22' }, 'cadastre/parcelle', etalab)).toThrow(
      new Reject('commune 21054 is not of département 22'),
    );
  });

  it('of Saint-Martin may stand in Guadeloupe’s file', () => {
    const row = { id: '97127000AB0012', commune: '97801', prefixe: '000', section: 'AB', numero: '12' };
    const { properties } = read({ format: 'etalab', departement: '971' }, 'cadastre/parcelle', row);
    expect(properties).toMatchObject({ code_dep: '97', code_com: '801' });
  });

  it('with an idu of another length than fourteen is rejected', () => {
    expect(() => read(EXPRESS, 'cadastre/parcelle', { ...IGN, idu: '21054A12' })).toThrow(
      new Reject('IDU of 14 characters expected, found "21054A12"'),
    );
    const etalab = { id: '1054000AB0012', commune: '21054', prefixe: '000', section: 'AB', numero: '12' };
    expect(() => read({ format: 'etalab', departement: '21' }, 'cadastre/parcelle', etalab)).toThrow(
      new Reject('id of 14 characters expected, found "1054000AB0012"'),
    );
  });

  it.each(['section', 'numero', 'code_dep', 'code_com'])('without its %s is rejected', (column) => {
    expect(() => read(EXPRESS, 'cadastre/parcelle', { ...IGN, [column]: '' })).toThrow(
      new Reject(`no ${column}`),
    );
  });

  it('of Etalab is given the zeros that were trimmed, and its parent commune', () => {
    const row = {
      id: '75118000AB0012',
      commune: '75118',
      prefixe: '0',
      section: 'B',
      numero: '12',
      contenance: '100',
    };
    const { properties } = read({ format: 'etalab', departement: '75' }, 'cadastre/parcelle', row);
    expect(properties).toMatchObject({
      ...{ idu: '75118000AB0012', com_abs: '000', section: '0B', numero: '0012', contenance: 100 },
      ...{ code_dep: '75', code_com: '056', code_arr: '118', code_insee: '75056', nom_com: 'Paris' },
    });
  });

  it('of EDIGEO takes its département from the source and its sheet from the file', () => {
    const at = { format: 'edigeo', departement: '25', member: 'E000AK01.THF' } as const;
    const { properties } = read(at, 'cadastre/parcelle', { idu: '354000AK0231', supf: 1200 });
    expect(properties).toMatchObject({
      idu: '25354000AK0231',
      code_insee: '25354',
      feuille: 1,
      contenance: 1200,
    });
    expect(() => read(at, 'cadastre/parcelle', { idu: '354000AK02' })).toThrow(
      /IDU of 12 characters expected/,
    );
  });
});

describe('a commune and a sheet', () => {
  it('of Paris are the arrondissement, and a sheet under its parent', () => {
    const at = { ...EXPRESS, departement: '75' };
    const commune = read(at, 'cadastre/commune', {
      nom_com: 'Paris 7e',
      code_dep: '75',
      code_insee: '75107',
    });
    expect(commune.properties).toMatchObject({ code_dep: '75', code_insee: '75107' });
    const row = {
      feuille: 1,
      section: 'BT',
      code_dep: '75',
      code_com: '056',
      code_arr: '107',
      echelle: 1000,
    };
    const sheet = read(at, 'cadastre/feuille', { ...row, edition: '20260301' });
    expect(sheet.properties).toMatchObject({
      ...{ code_insee: '75056', code_arr: '107', echelle: '1000', edition: '2026-03-01' },
    });
  });

  it('of BD Parcellaire have an edition that is a number', () => {
    const row = { feuille: 1, section: 'AW', code_dep: '29', code_com: '158', edition: 6 };
    const { properties } = read({ format: 'bd-parcellaire', departement: '29' }, 'cadastre/division', row);
    expect(properties['edition']).toBe(6);
  });
});

describe('a deposited document', () => {
  const ZONE = { libelle: 'UA', typezone: 'U', partition: 'wrong' };

  it.each([
    ['30014_PLU_20171013', 'DU_30014'],
    ['241800432_PLUi_20200128.zip', 'DU_241800432'],
    ['2A004_CC_20150517_A', 'DU_2A004'],
    ['75056_PSMV_20100101', 'PSMV_75056'],
    ['172014607_AC1_2A_20180130', '172014607_SUP_2A_AC1'],
    ['110068012_PM3_28_20161104', '110068012_SUP_28_PM3'],
  ])('named %s is of partition %s', (name, partition) => {
    const { properties } = read({ format: 'cnig', path: `deposits/${name}` }, 'gpu/zone-urba', ZONE);
    expect(properties['partition']).toBe(partition);
  });

  it('of another name must say its partition', () => {
    expect(() => read({ format: 'cnig', path: 'plu' }, 'gpu/zone-urba', ZONE)).toThrow(
      expect.objectContaining({ code: 'BadSourcesFile', where: { source: 'plu' } }),
    );
    const { properties } = read(
      { format: 'cnig', path: 'plu', partition: 'DU_59000' },
      'gpu/zone-urba',
      ZONE,
    );
    expect(properties['partition']).toBe('DU_59000');
  });

  it.each([
    ['AC1_ASSIETTE_SUP_S.shp', 'x', 'ac1'],
    ['EL2bis_ASSIETTE_SUP_S_028.shp', 'x', 'el2bis'],
    ['ASSIETTE_SUP_S.shp', '110068012_PM3_28_20161104', 'pm3'],
    ['ASSIETTE_SUP_S.shp', 'x', null],
  ])('knows the category of %s in %s: %j', (member, path, suptype) => {
    const at = { format: 'cnig', path, member, partition: 'SUP' } as const;
    expect(read(at, 'gpu/assiette-sup-s', { idass: 'a' }).properties['suptype']).toBe(suptype);
  });

  it('of an older standard has its columns under their newer names', () => {
    const at = { format: 'cnig', path: '30014_PLU_20171013' } as const;
    expect(read(at, 'gpu/prescription-surf', { typepsc: '05', typepsc2: '02' }).properties['stypepsc']).toBe(
      '02',
    );
    expect(
      read(at, 'gpu/info-surf', { typeinf: '05', typeinf2: '01', stypeinf: '03' }).properties['stypeinf'],
    ).toBe('03');
  });
});

describe('a deposited servitude', () => {
  const PM3 = { format: 'cnig', path: '110068012_PM3_28_20161104' } as const;
  const references = new References();
  for (const { member, row } of [
    {
      member: 'SERVITUDE_028.dbf',
      row: { idsup: 35, categorie: 'PM3', nomsuplitt: 'Plan', nomreg: 'r.pdf' },
    },
    { member: 'AC1_SERVITUDE.dbf', row: { idsup: 35, nomsuplitt: 'Cathédrale' } },
    { member: 'PM3_GENERATEUR_SUP_S_028.shp', row: { idgen: '1', idsup: '35' } },
    { member: 'AC1_GENERATEUR_SUP_S.shp', row: { idgen: '1', idsup: '36' } },
  ]) {
    const source = sourceOf('cnig', PM3);
    const context = { source, member, references, note: (): void => undefined, geometry: () => null };
    const rule = formatOf('cnig').references?.find((candidate) => candidate.member.test(member));
    rule?.tell(new Row(new Map(Object.entries(row))), context);
  }

  it('has the name of its servitude, which its generator names', () => {
    const at = { ...PM3, member: 'PM3_ASSIETTE_SUP_S_028.shp' };
    const assiette = read(at, 'gpu/assiette-sup-s', { idass: '1', idgen: '1' }, references);
    expect(assiette.properties).toMatchObject({ nomsuplitt: 'Plan', nomreg: 'r.pdf', urlreg: null });
    const generateur = read(at, 'gpu/generateur-sup-s', { idgen: '9', idsup: '35' }, references);
    expect(generateur.properties['nomsuplitt']).toBe('Plan');
  });

  it('of another category has another name, and its own if it says one', () => {
    const at = { ...PM3, member: 'AC1_GENERATEUR_SUP_S.shp' };
    const row = { idgen: '1', idsup: '35' };
    expect(read(at, 'gpu/generateur-sup-s', row, references).properties['nomsuplitt']).toBe('Cathédrale');
    const own = { ...row, nomsuplitt: 'Ruines' };
    expect(read(at, 'gpu/generateur-sup-s', own, references).properties['nomsuplitt']).toBe('Ruines');
  });

  it('that no table names has none', () => {
    const at = { ...PM3, member: 'AC1_ASSIETTE_SUP_S.shp' };
    expect(
      read(at, 'gpu/assiette-sup-s', { idass: '1', idgen: '1' }, references).properties['nomsuplitt'],
    ).toBeNull();
  });

  it('has codes of two digits where a column of numbers kept one', () => {
    const at = { format: 'cnig', path: '30014_PLU_20171013' } as const;
    const { properties, notes } = read(at, 'gpu/prescription-surf', { typepsc: 5, stypepsc: '00' });
    expect(properties).toMatchObject({ typepsc: '05', stypepsc: '00' });
    expect(notes).toEqual(['typepsc: its leading zero given back']);
  });
});

describe('a row of the extraction', () => {
  it('has its timestamp in full, its category in lower case, its truths as such', () => {
    const moment = { year: 2026, month: 3, day: 1, hour: 4, minute: 5, second: 6 };
    const assiette = read({ format: 'extraction' }, 'gpu/assiette-sup-s', {
      gpu_timestamp: moment,
      suptype: 'AC1',
      h: '2,5',
    });
    expect(assiette.properties).toMatchObject({
      gpu_timestamp: '2026-03-01T04:05:06Z',
      suptype: 'ac1',
      h: 2.5,
    });
    const commune = read({ format: 'extraction' }, 'gpu/municipality', {
      insee: '01004',
      is_rnu: 1,
      is_deleted: 0,
    });
    expect(commune.properties).toMatchObject({
      insee: '01004',
      is_rnu: true,
      is_deleted: false,
      is_coastline: null,
    });
  });
});
