/** Fields of layers in tests, from a compact list. */
import type { Field, FieldType } from '../format/catalogue.ts';

/** `idu gid:integer is_rnu:boolean`; without a type, a string. */
export function testFields(list: string): Field[] {
  return list.split(' ').map((item) => {
    const [name = '', type = 'string'] = item.split(':');
    return { name, type: type as FieldType };
  });
}
