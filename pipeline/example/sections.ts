/**
 * How the cadastre names its sheets: a section of one or two letters, written over
 * two characters (`0A`, `AB`, `ZC`), and the number of the sheet in its section.
 */

export interface SectionNumber {
  /** Three digits of the absorbed commune, `000` for the commune's own land. */
  readonly comAbs: string;
  readonly section: string;
  readonly feuille: number;
}

/** Old sections (one letter), village sections (two letters), and land consolidation (Z). */
const SECTIONS = ['0A', '0B', 'AB', 'ZA', '0C', 'AC', 'ZB', '0D', 'ZC', 'AD', '0E', 'ZD'];

/**
 * Names sheets in turn. The first section has one sheet more than the others, so that
 * even a small commune has a sheet that is not its section.
 */
export function numberSections<T>(comAbs: string, sheets: readonly T[]): [SectionNumber, T][] {
  return sheets.map((sheet, i) => {
    const turn = Math.max(0, i - 1);
    const section = SECTIONS[turn % SECTIONS.length] ?? '0A';
    const feuille = 1 + Math.floor(turn / SECTIONS.length) + (i > 0 && section === SECTIONS[0] ? 1 : 0);
    return [{ comAbs, section, feuille }, sheet];
  });
}
