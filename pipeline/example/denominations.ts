/** The appellations of Terre d'exemple and their denominations; invented, like its wines. */

export interface Denomination {
  readonly idApp: number;
  readonly app: string;
  readonly idDenom: number;
  readonly denom: string;
  readonly categorie: string;
  readonly idAire: number;
  readonly cvi: string;
  readonly grpName1: string | null;
}

function denomination(
  [idApp, app]: readonly [number, string],
  [idDenom, denom]: readonly [number, string],
  rest: Partial<Denomination> = {},
): Denomination {
  const cvi = `1B${String(idDenom)}, 1R${String(idDenom)}`;
  return {
    idApp,
    app,
    idDenom,
    denom,
    categorie: 'Vin tranquille',
    idAire: 7000 + idApp,
    cvi,
    grpName1: null,
    ...rest,
  };
}

const REGIONAL = [9001, "Terre-d'Exemple"] as const;
const VILLAGE = [9002, 'Vernoy-les-Treilles'] as const;
const SPARKLING = [9003, "Crémant-de-Terre-d'Exemple"] as const;
/** 1022: the appellation whose growers must file their plantings (`instruction_obligatoire`). */
const SAND = [1022, 'Sable-de-Saint-Aubrin'] as const;

export const REGIONALE = denomination(REGIONAL, REGIONAL, { categorie: 'Vin tranquille, Vin primeur' });
export const COMMUNALE = denomination(VILLAGE, VILLAGE, { grpName1: 'Côte de Vernoy' });
export const PREMIER_CRU = denomination(VILLAGE, [9102, 'Vernoy-les-Treilles premier cru'], {
  grpName1: 'Côte de Vernoy',
});
export const CLOS_ROUX = denomination(VILLAGE, [9103, 'Vernoy-les-Treilles premier cru Le Clos Roux']);
export const SABLONS = denomination(VILLAGE, [9104, 'Vernoy-les-Treilles premier cru Les Sablons']);
export const CREMANT = denomination(SPARKLING, SPARKLING, { categorie: 'Vin mousseux "Crémant"' });
export const SABLE = denomination(SAND, SAND);
/** Only in the old generation of the file. */
export const CHIARO = denomination([9201, 'Porto-Chiaro'], [9201, 'Porto-Chiaro']);
export const ALBINE = denomination([9202, "Coteaux-de-l'Albine"], [9202, "Coteaux-de-l'Albine"]);
