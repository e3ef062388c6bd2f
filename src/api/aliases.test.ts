import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { aliasesOf, type Movement } from './aliases.ts';

/** `32 2016-12-15 49001 49050`, a merger of communes; `COMD` or `COMA` before a code that is none. */
function movements(...lines: readonly string[]): Movement[] {
  const typed = (code = ''): readonly string[] => /^(COM[AD])?(.*)$/.exec(code)?.slice(1) ?? [];
  return lines.map((line) => {
    const [MOD = '', DATE_EFF = '', before, after] = line.split(' ');
    const [[typeBefore, COM_AV = ''], [typeAfter, COM_AP = '']] = [typed(before), typed(after)];
    return { MOD, DATE_EFF, COM_AV, COM_AP, TYPECOM_AV: typeBefore ?? 'COM', TYPECOM_AP: typeAfter ?? 'COM' };
  });
}

describe('aliases', () => {
  it('follow communes into the one that they became', () => {
    const merged = movements(
      '32 2016-12-15 49001 COMD49001',
      '32 2016-12-15 49001 49050',
      '32 2016-12-15 49050 COMD49050',
      '32 2016-12-15 49050 49050',
    );
    expect(aliasesOf(merged)).toEqual({ '49001': ['49050001'] });
  });

  it('keep the number that parcels had at first, through later mergers and other codes', () => {
    const chain = movements(
      '33 1973-01-01 14697 14624',
      '33 1973-01-01 14697 COMA14697',
      '50 2014-01-07 14624 14472',
      '32 2017-01-01 14472 14654',
      '32 2017-01-01 COMA14697 14654',
    );
    expect(aliasesOf(chain)).toEqual({ '14472': ['14654472'], '14624': ['14654472'], '14697': ['14654697'] });
  });

  it('have no number of parcels across départements', () => {
    expect(aliasesOf(movements('41 1976-01-01 20004 2A004', '32 2018-01-01 49144 44180'))).toEqual({
      '20004': ['2A004'],
      '49144': ['44180'],
    });
  });

  it('are several where a commune was shared out', () => {
    const shared = movements('30 1950-01-01 45117 45093', '30 1950-01-01 45117 45313');
    expect(aliasesOf(shared)).toEqual({ '45117': ['45093', '45313'] });
  });

  it('are none of communes that are there again, were split off, or have another name', () => {
    const others = movements(
      '31 1973-01-01 55138 55298',
      '21 2014-01-01 55298 55138',
      '21 2014-01-01 55298 55298',
      '20 1990-01-01 38001 38999',
      '20 1990-01-01 38001 38001',
      '10 2024-01-01 04045 04045',
    );
    expect(aliasesOf(others)).toEqual({});
    expect(aliasesOf([...others].reverse())).toEqual({});
  });

  const FILE = fileURLToPath(
    new URL('../../../shared/data/cog/insee-2024/mouvements-communes.csv', import.meta.url),
  );

  it.skipIf(!existsSync(FILE))('are made of the real table', async () => {
    const rows: Movement[] = [];
    for await (const row of createReadStream(FILE).pipe(parse({ columns: true, bom: true }))) {
      rows.push(row as Movement);
    }
    const aliases = aliasesOf(rows);
    expect(Object.keys(aliases).length).toBeGreaterThan(4000);
    expect(aliases).toMatchObject({ '01126': ['01033126'], '14697': ['14654697'], '20004': ['2A004'] });
    expect(aliases).not.toHaveProperty('01033');
    const places = Object.entries(aliases).flatMap(([code, all]) => all.map((place) => [code, place]));
    for (const [code, place] of places) expect(place).toMatch(new RegExp(`^(?!${code})[0-9AB]{5}(\\d{3})?$`));
  });
});
