import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useFolder } from '../testing/folder.ts';
import { prepareExchange } from './edigeo-exchange.ts';

const folder = useFolder();
const WHERE = { source: 'feuilles', member: 'E000AB01.THF' };
const ENDINGS = ['SE.GEN', 'SE.GEO', 'SE.QAL', 'SE.DIC', 'SE.SCD', 'T1.VEC', 'S1.VEC'];

function written(...lines: string[]): string {
  return ['BOMT 12:E000AB01.THF', ...lines, '', 'EOMT 00:', ''].join('\r\n');
}

const THF = written(
  ...['RTYSA03:GTL', 'LONSA06:EDAB01', 'INFST00:', 'GNNSA02:SE', 'GONSA02:SE', 'QANSA02:SE', 'DINSA02:SE'],
  ...['SCNSA02:SE', 'GDCSN01:2', 'GDNSA02:T1', 'GDISA07:SeTOP_1', 'GDNSA02:S1'],
);

/** An exchange of which `changed` are other texts, or not there. */
function exchange(changed: Readonly<Record<string, string | null>> = {}): string {
  const files = Object.fromEntries(ENDINGS.map((ending) => [`EDAB01${ending}`, written(`de ${ending}`)]));
  for (const [name, text] of Object.entries({ ...files, ...changed }))
    if (text !== null) folder.write(name, text);
  return folder.write('E000AB01.THF', THF);
}

function prepare(path: string): string {
  return prepareExchange(path, () => dirname(folder.path('scratch', 'x')), WHERE);
}

describe('an EDIGEO exchange', () => {
  it('is opened where it is when all its files are there and whole', () => {
    const path = exchange({ 'EDAB01SE.GEO': written('RELSA06:LAMB93') });
    expect(prepare(path)).toBe(path);
  });

  it('is that of files in lower case too', () => {
    const path = exchange({ 'EDAB01T1.VEC': null, 'edab01t1.vec': written('x') });
    expect(prepare(path)).toBe(path);
  });

  it.each(ENDINGS)('without its %s is refused', (ending) => {
    const name = `EDAB01${ending}`;
    const path = exchange({ [name]: null });
    expect(() => prepare(path)).toThrow(expect.objectContaining({ code: 'BadSchema', where: WHERE }));
    expect(() => prepare(path)).toThrow(`${name} is missing beside it`);
  });

  it('of which a file is cut is refused', () => {
    const cut = 'RTYSA03:FEA\r\nRIDSA05:Objet';
    expect(() => prepare(exchange({ 'EDAB01T1.VEC': cut }))).toThrow('EDAB01T1.VEC is cut short');
    expect(() => prepare(exchange({ 'EDAB01S1.VEC': '' }))).toThrow('EDAB01S1.VEC is cut short');
  });

  it.each([
    ['RGR92UTM', 'RELSA11:RGR92UTM40S'],
    ['RGM04', 'RELSA11:RGM04UTM38S'],
  ])('whose system is called %s is opened under its name', (name, line) => {
    const geo = written(`RELSA0${name.length}:${name}`, 'é');
    const copy = prepare(exchange({ 'EDAB01SE.GEO': geo }));
    expect(copy).toBe(folder.path('scratch', 'E000AB01.THF'));
    expect(readFileSync(folder.path('scratch', 'EDAB01SE.GEO'), 'latin1')).toContain(`\r\n${line}\r\n`);
    expect(readFileSync(folder.path('scratch', 'EDAB01T1.VEC'), 'latin1')).toContain('de T1.VEC');
    expect(basename(copy)).toBe('E000AB01.THF');
  });
});
