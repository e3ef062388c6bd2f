import gdal from 'gdal-async';
import { describe, expect, it } from 'vitest';
import { square } from '../testing/layer-file.ts';
import { References } from './references.ts';

function at(x: number, y = 0, size = 10): gdal.Geometry {
  return gdal.Geometry.fromWKT(square(x, y, size));
}

describe('what members say of each other’s rows', () => {
  it('is found by kind and key', () => {
    const references = new References();
    references.tell('nomsuplitt', 'ac1 1', 'Cathédrale');
    expect(references.find('nomsuplitt', 'ac1 1')).toBe('Cathédrale');
    expect([references.find('nomsuplitt', 'pm3 1'), references.find('idsup', 'ac1 1')]).toEqual([null, null]);
  });

  it('is not known when it is told twice and differently', () => {
    const references = new References();
    for (const name of ['Cathédrale', 'Cathédrale']) references.tell('nomsuplitt', '1', name);
    for (const name of ['Cathédrale', 'Église']) references.tell('nomsuplitt', '2', name);
    expect([references.find('nomsuplitt', '1'), references.find('nomsuplitt', '2')]).toEqual([
      'Cathédrale',
      null,
    ]);
  });
});

describe('the sheet of a parcel', () => {
  const references = new References();
  references.tellPlace('feuille', 'AB', { value: '1', geometry: at(0) });
  references.tellPlace('feuille', 'AB', { value: '2', geometry: at(10) });
  references.tellPlace('feuille', 'AC', { value: '7', geometry: at(100) });
  references.tellPlace('feuille', 'AD', { value: '3', geometry: at(0) });
  references.tellPlace('feuille', 'AD', { value: '3', geometry: at(50) });

  it.each([
    [2, '1'],
    [7.5, '1'],
    [8.6, '2'],
    [40, null],
  ])('of two is the one on which most of it lies: from %f', (x, sheet) => {
    expect(references.findPlace('feuille', 'AB', at(x, 2, 3))).toBe(sheet);
  });

  it('is the only one of its section, wherever it lies', () => {
    expect(references.findPlace('feuille', 'AC', at(0))).toBe('7');
    expect(references.findPlace('feuille', 'AD', null)).toBe('3');
  });

  it('is not known for a section that no sheet has, nor for a parcel without a place', () => {
    expect(references.findPlace('feuille', 'ZZ', at(0))).toBeNull();
    expect(references.findPlace('feuille', 'AB', null)).toBeNull();
  });
});
