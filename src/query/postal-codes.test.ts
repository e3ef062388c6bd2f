import { describe, expect, it } from 'vitest';
import { openCarto } from '../index.ts';
import { memoryTree } from '../source/memory.ts';
import { POSTAL_ROWS } from '../testing/territory.ts';
import { buildTree } from '../testing/tree.ts';

const files = await buildTree({}, POSTAL_ROWS);
const carto = await openCarto(memoryTree(files));

describe('postal codes', () => {
  it('give their communes in the order of the table', async () => {
    expect(await carto.codesPostaux.communes('21700')).toEqual(POSTAL_ROWS.slice(0, 2));
  });

  it('that do not exist give none where the table would tell', async () => {
    expect(await carto.codesPostaux.communes('21999')).toEqual([]);
  });

  it('are an error where the tree cannot tell', async () => {
    await expect(carto.codesPostaux.communes('35000')).rejects.toMatchObject({ code: 'OutsideCoverage' });
  });

  it('give none beyond the first two digits of a whole table', async () => {
    const heads = Array.from({ length: 95 }, (_, i) => ({
      codePostal: `${String(i + 1).padStart(2, '0')}000`,
    }));
    const whole = await openCarto(memoryTree(await buildTree({}, heads)));
    expect(await whole.codesPostaux.communes('99999')).toEqual([]);
  });

  it.each(['2170', '217000', '2170A', '', '２１７００'])('of the form %j are refused', async (codePostal) => {
    await expect(carto.codesPostaux.communes(codePostal)).rejects.toMatchObject({ code: 'InvalidQuery' });
  });

  it('are refused from a table that is not the one of the catalogue', async () => {
    const path = [...files.keys()].find((name) => name.includes('codes-postaux/21')) ?? '';
    const changed = new TextDecoder().decode(files.get(path)).replace('DIJON', 'NOJID');
    const tree = memoryTree(new Map([...files, [path, new TextEncoder().encode(changed)]]));
    const other = await openCarto(tree);
    await expect(other.codesPostaux.communes('21700')).rejects.toMatchObject({ code: 'CorruptFile' });
  });
});
