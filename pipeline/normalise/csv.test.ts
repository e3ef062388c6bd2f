import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { readCsv, rewriteCsv } from './csv.ts';

const folder = useFolder();
const WHERE = { source: 'plu', member: 'ZONE_URBA.csv' };

const RECORDS = [
  ['LIBELLE', 'LIBELONG', 'INSEE'],
  ['U', 'Zone "dense"; bâtie, l’été | à part', '01004'],
  ['N', '', ''],
];

function text(delimiter: string, newline: string): string {
  const field = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  return RECORDS.map((record) => record.map(field).join(delimiter) + newline).join('');
}

function refused(message: RegExp, line: number): unknown {
  const where = { ...WHERE, line };
  return expect.objectContaining({
    code: 'BadSchema',
    where,
    message: expect.stringMatching(message) as string,
  });
}

describe('a CSV', () => {
  it.each([',', ';', '\t', '|'])('is read whatever separates its columns (%j)', (delimiter) => {
    for (const newline of ['\n', '\r\n', '\r']) {
      expect(readCsv(text(delimiter, newline), WHERE).map(({ values }) => values)).toEqual(RECORDS);
    }
  });

  it('is read with a byte order mark, empty lines, ends of lines of two kinds, and none at the end', () => {
    const records = readCsv('\ufeffa;b\r\n\r\n1;2\n\n3;4', WHERE);
    expect(records.map(({ values }) => values)).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(records.map(({ line }) => line)).toEqual([1, 3, 5]);
  });

  it('is refused by its line where a row is cut, or has a value too many', () => {
    expect(() => readCsv('a,b\n1,2\n3', WHERE)).toThrow(refused(/expect 2, got 1 on line 3/, 3));
    expect(() => readCsv('a,b\n1,2,3\n4,5\n', WHERE)).toThrow(refused(/expect 2, got 3 on line 2/, 2));
  });

  it('is refused where a quote is not closed, or stands within a value', () => {
    expect(() => readCsv('a,b\n1,"POLYGON((3 50,', WHERE)).toThrow(refused(/Quote Not Closed/, 2));
    expect(() => readCsv('a,b\n1,tuyau 12" nu\n', WHERE)).toThrow(refused(/Quote/, 2));
  });
});

describe('a CSV rewritten for GDAL', () => {
  function rewrite(content: Uint8Array): { text: string; encoding: string } {
    const path = folder.write('plu/ZONE_URBA.csv', content);
    folder.write('plu/ZONE_URBA.csvt', 'Integer,Integer,Integer');
    folder.write('plu/ZONE_URBA.PRJ', 'LOCAL_CS["x"]');
    const copy = rewriteCsv(path, undefined, dirname(folder.path('scratch', 'x')), WHERE);
    expect(readFileSync(copy.path.replace('.csv', '.prj'), 'utf8')).toBe('LOCAL_CS["x"]');
    return { text: readFileSync(copy.path, 'utf8'), encoding: copy.encoding };
  }

  it('is in UTF-8, all in quotes, with its .prj and without its types', () => {
    const utf8 = rewrite(Buffer.from(`\ufeff${text('|', '\r\n')}`));
    expect(utf8).toEqual({ text: text(',', '\n'), encoding: 'utf-8' });
    const latin = rewrite(Buffer.from(text(';', '\n').replace('’', "'"), 'latin1'));
    expect(latin).toEqual({ text: text(',', '\n').replace('’', "'"), encoding: 'windows-1252' });
  });

  it('is refused when its bytes are no text', () => {
    expect(() => rewrite(Buffer.from(text(';', '\n'), 'utf16le'))).toThrow(/bytes of no text \(UTF-16\?\)/);
  });
});
