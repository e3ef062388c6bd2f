/** What the features of a source hold, field by field: a few numbers by which the next vintage is judged. */
import type { Field } from '../../src/format/catalogue.ts';
import type { TextForm, ValueCounts } from '../../src/format/manifest.ts';
import type { Properties, PropertyValue } from '../pack/properties.ts';

export const FORMS: readonly TextForm[] = ['YYYYMMDD', 'YYYY-MM-DD', 'digits'];

const COMPACT = /^(1[5-9]|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;
const ISO = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)/;

/** A date and time has the form of its date; `null` for words. */
export function formOf(text: string): TextForm | null {
  if (ISO.test(text)) return 'YYYY-MM-DD';
  if (!/^\d+$/.test(text)) return null;
  return COMPACT.test(text) ? 'YYYYMMDD' : 'digits';
}

type Counters = Map<string, number>;

function count(counters: Counters, field: string): void {
  counters.set(field, (counters.get(field) ?? 0) + 1);
}

export class ValueTally {
  readonly #fields: readonly string[];
  readonly #filled: Counters = new Map();
  readonly #forms = new Map<TextForm, Counters>(FORMS.map((form) => [form, new Map()]));
  #rows = 0;

  constructor(fields: readonly Field[]) {
    this.#fields = fields.map(({ name }) => name);
  }

  see(properties: Properties): void {
    this.#rows += 1;
    for (const field of this.#fields) this.#seeValue(field, properties[field] ?? null);
  }

  #seeValue(field: string, value: PropertyValue): void {
    if (value === null || value === '') return;
    count(this.#filled, field);
    const form = typeof value === 'string' ? formOf(value) : null;
    const counters = form === null ? undefined : this.#forms.get(form);
    if (counters !== undefined) count(counters, field);
  }

  /** In the order of the fields, whichever was filled first. */
  counts(): ValueCounts {
    const inOrder = (counters: Counters | undefined): Record<string, number> =>
      Object.fromEntries(
        this.#fields.flatMap((field) => {
          const found = counters?.get(field);
          return found === undefined ? [] : [[field, found] as const];
        }),
      );
    const of = (form: TextForm): Record<string, number> => inOrder(this.#forms.get(form));
    const forms = { YYYYMMDD: of('YYYYMMDD'), 'YYYY-MM-DD': of('YYYY-MM-DD'), digits: of('digits') };
    return { rows: this.#rows, filled: inOrder(this.#filled), forms };
  }
}

/** What `rows` hold. */
export function valuesOf(rows: readonly Properties[], fields: readonly Field[]): ValueCounts {
  const tally = new ValueTally(fields);
  for (const row of rows) tally.see(row);
  return tally.counts();
}

type ByField = Readonly<Record<string, number>>;

/** By the fields' names, so that the order of the sources shows nowhere. */
function sum(all: readonly ByField[]): ByField {
  const total = new Map<string, number>();
  for (const [field, n] of all.flatMap((counts) => Object.entries(counts))) {
    total.set(field, (total.get(field) ?? 0) + n);
  }
  return Object.fromEntries([...total].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Those of several sources, as one. */
export function together(all: readonly ValueCounts[]): ValueCounts {
  const of = (form: TextForm): ByField => sum(all.map(({ forms }) => forms[form]));
  return {
    rows: all.reduce((total, { rows }) => total + rows, 0),
    filled: sum(all.map(({ filled }) => filled)),
    forms: { YYYYMMDD: of('YYYYMMDD'), 'YYYY-MM-DD': of('YYYY-MM-DD'), digits: of('digits') },
  };
}
