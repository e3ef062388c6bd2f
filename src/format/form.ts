/** Checks a JSON value that came from elsewhere against a form. Refuses the first part that does not have it. */
import { isObject, refuse } from './checks.ts';

/**
 * A pattern for texts; any number for whole numbers; a function of the form of what may be null;
 * [form] for arrays; [form, pattern] for objects with any keys of that pattern; an object
 * for one whose members have these forms.
 */
export type Form = RegExp | number | (() => Form) | readonly Form[] | { readonly [key: string]: Form };

/** @throws CartoError `CorruptFile`, naming the part by its `path`. */
export function checkForm(value: unknown, form: Form, path: string): void {
  if (typeof form === 'function') {
    if (value !== null) checkForm(value, form(), path);
  } else if (typeof form === 'number') {
    if (!Number.isSafeInteger(value) || Number(value) < 0) refuse('a whole number', value, path);
  } else if (form instanceof RegExp) {
    if (typeof value !== 'string' || !form.test(value)) refuse(`a text ${String(form)}`, value, path);
  } else if (Array.isArray(form)) {
    checkItems(value, form as readonly Form[], path);
  } else {
    if (!isObject(value)) refuse('an object', value, path);
    for (const [key, own] of Object.entries(form)) checkForm(value[key], own, `${path}.${key}`);
  }
}

function checkItems(value: unknown, [item = 0, key]: readonly Form[], path: string): void {
  if (key === undefined ? !Array.isArray(value) : !isObject(value)) {
    refuse(key === undefined ? 'an array' : 'an object', value, path);
  }
  for (const [name, own] of Object.entries(value as object)) {
    if (key !== undefined) checkForm(name, key, path);
    checkForm(own, item, `${path}.${name}`);
  }
}
