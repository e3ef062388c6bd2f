import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

describe('parseJson', () => {
  it('shows what came in place of JSON', () => {
    const page = new TextEncoder().encode('<!doctype html><title>Accueil</title>');
    expect(() => parseJson(page, 'c.json')).toThrow(
      expect.objectContaining({
        code: 'NotOurFile',
        message: expect.stringContaining('<!doctype html>') as unknown,
      }),
    );
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => parseJson(Uint8Array.of(0x22, 0xe9, 0x22), 'c.json')).toThrow(
      expect.objectContaining({ code: 'NotOurFile' }),
    );
  });

  it('tells JSON that was cut short from what never was any', () => {
    expect(() => parseJson(new TextEncoder().encode('{"format":2,"lay'), 'c.json')).toThrow(
      expect.objectContaining({ code: 'CorruptFile' }),
    );
  });
});
