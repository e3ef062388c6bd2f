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

/** Every section has one sheet, but the first has two: enough to tell sheet from section. */
export function numberSections<T>(comAbs: string, sheets: readonly T[]): [SectionNumber, T][] {
  return sheets.map((sheet, i) => {
    const section = SECTIONS[Math.max(0, i - 1) % SECTIONS.length] ?? '0A';
    return [{ comAbs, section, feuille: i === 1 ? 2 : 1 + Math.floor(i / (SECTIONS.length + 1)) }, sheet];
  });
}
