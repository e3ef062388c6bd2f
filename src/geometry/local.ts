/** A shape as one cell of the index sees it: written by `local/cut.ts`, asked by `local/meet.ts`. */
export { localParts, narrowParts } from './local/cut.ts';
export type { LocalPart } from './local/part.ts';
