import { describe, expect, it } from 'vitest';
import { postalName } from './laposte.ts';

describe('postalName', () => {
  it.each([
    ['Échelle-la-Façon', 'ECHELLE LA FACON'],
    ["Rive-d'Albine", 'RIVE D ALBINE'],
    ['Les Essarts-Perdus', 'LES ESSARTS PERDUS'],
  ])('writes %s as %s', (nom, postal) => {
    expect(postalName(nom)).toBe(postal);
  });
});
