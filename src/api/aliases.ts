/**
 * What became of communes, from INSEE's table of their movements since 1943
 * (`v_mvt_commune_<year>.csv` of the Code officiel géographique, Licence Ouverte), as
 * `createApi` wants it. Leaves alone what was restored, split off or only renamed: such a
 * code is that of a commune today, or never was another's.
 */
import type { Aliases } from './answer/codes.ts';

/** A row of INSEE's table, as far as it is read here. */
export interface Movement {
  /** The kind of event. */
  readonly MOD: string;
  /** `YYYY-MM-DD`. */
  readonly DATE_EFF: string;
  /** COM for a commune; COMA, COMD and ARM for what is part of one. */
  readonly TYPECOM_AV: string;
  readonly COM_AV: string;
  readonly TYPECOM_AP: string;
  readonly COM_AP: string;
}

/** Mergers of every kind, and parts that became one with the rest: parcels keep the former number, as `com_abs`. */
const MERGERS = ['31', '32', '33', '34', '35'];
/** A commune that is no more was shared out; or has another code, its territory the same. */
const OTHERS = ['30', '41', '50'];

/** `successor`, in which what was `code` goes on: with the number that its parcels have there. */
function heirOf(code: string, successor: string, isMerger: boolean): string {
  if (code.length > 5) return successor + code.slice(5);
  return isMerger && code.slice(0, 2) === successor.slice(0, 2) ? successor + code.slice(2) : successor;
}

/** What becomes of all codes on one day: those that are communes from then on, and the heirs of others. */
interface Day {
  readonly communes: ReadonlySet<string>;
  /** By the code of a commune that is none any more. */
  readonly heirs: ReadonlyMap<string, readonly Movement[]>;
}

function dayOf(movements: readonly Movement[]): Day {
  const communes = new Set(
    movements.filter(({ TYPECOM_AP }) => TYPECOM_AP === 'COM').map(({ COM_AP }) => COM_AP),
  );
  const heirs = new Map<string, Movement[]>();
  for (const movement of movements) {
    const { MOD, TYPECOM_AP, COM_AV } = movement;
    const isGone = TYPECOM_AP === 'COM' && !communes.has(COM_AV) && [...MERGERS, ...OTHERS].includes(MOD);
    if (isGone) heirs.set(COM_AV, [...(heirs.get(COM_AV) ?? []), movement]);
  }
  return { communes, heirs };
}

/** Where `place`, a commune or a part of one, is after that day. */
function afterwards(place: string, { heirs }: Day): string[] {
  const movements = heirs.get(place.slice(0, 5)) ?? [];
  const places = movements.map(({ MOD, COM_AP }) => heirOf(place, COM_AP, MERGERS.includes(MOD)));
  return places.length === 0 ? [place] : places;
}

/** By the code of each commune that is no more, where its territory is today. */
export function aliasesOf(movements: Iterable<Movement>): Aliases {
  const days = new Map<string, Movement[]>();
  for (const movement of movements) {
    days.set(movement.DATE_EFF, [...(days.get(movement.DATE_EFF) ?? []), movement]);
  }
  const aliases = new Map<string, readonly string[]>();
  for (const [, rows] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const day = dayOf(rows);
    for (const [code, places] of aliases)
      aliases.set(
        code,
        places.flatMap((place) => afterwards(place, day)),
      );
    for (const code of day.heirs.keys()) aliases.set(code, afterwards(code, day));
    for (const code of day.communes) aliases.delete(code);
  }
  const sorted = [...aliases].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([code, places]) => [code, [...new Set(places)]]));
}
