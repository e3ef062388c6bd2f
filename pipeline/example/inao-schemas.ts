/**
 * The two generations of INAO's delimitation shapefile: names as the DBF holds them
 * (the old ones cut to ten characters), what differs in spelling, and the widths.
 */
import { integer, text, type FieldTable } from './fields.ts';

/** Since 2020; `cvi` since 2023. */
export const CURRENT: FieldTable = [
  text('dt', 20),
  text('type_prod', 20),
  text('categorie', 150),
  text('type_denom', 50),
  text('signe', 5),
  integer('id_app', 9),
  text('app', 100),
  integer('id_denom', 9),
  text('denom', 150),
  text('insee', 11),
  text('cvi', 254),
  text('nomcom', 100),
  text('insee2011', 11),
  text('nomcom2011', 100),
  integer('id_aire', 9),
  text('crinao', 60),
  text('grp_name1', 80),
  text('grp_name2', 80),
];

/** To 2019: identifiers are texts. */
export const OLD: FieldTable = [
  text('type_prod', 10),
  text('categorie', 150),
  text('type_denom', 50),
  text('type_ig', 5),
  text('id_app', 6),
  text('appellatio', 100),
  text('id_denom', 6),
  text('denominati', 150),
  text('new_insee', 5),
  text('new_nomcom', 50),
  text('old_insee', 5),
  text('old_nomcom', 50),
  text('id_aire', 6),
  text('crinao', 60),
  text('dt', 20),
];
