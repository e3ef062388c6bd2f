/** What is announced, or has come, held against what is locked. */
import { PipelineError } from '../errors.ts';
import { inWords } from '../space.ts';
import type { Change, LockedSource, Wanted } from './wanted.ts';

/** A checksum as the lock file writes it. */
export function announcedBy({ checksum }: Wanted): string | null {
  return checksum === null ? null : `${checksum.algorithm}:${checksum.hex.toLowerCase()}`;
}

function contradicts(wanted: Wanted, locked: LockedSource): boolean {
  if (wanted.length !== null && wanted.length !== locked.length) return true;
  const announced = announcedBy(wanted);
  if (announced?.startsWith('sha256:') === true) return announced !== `sha256:${locked.sha256}`;
  // Of two algorithms nothing can be said before the bytes are there.
  const [algorithm] = announced?.split(':') ?? [];
  return locked.announced?.split(':')[0] === algorithm && announced !== locked.announced;
}

/** Whether the catalogue's own checksum says that the file is the one that is locked. */
export function isVouchedFor(wanted: Wanted, locked: LockedSource): boolean {
  const announced = announcedBy(wanted);
  return announced !== null && (announced === locked.announced || announced === `sha256:${locked.sha256}`);
}

/**
 * Whether it is another edition at another address, by its catalogue's own word: nothing has
 * changed under its name then, there is something new.
 */
export function isNewEdition(wanted: Wanted, locked: LockedSource): boolean {
  const edition = wanted.edition ?? null;
  return (
    wanted.url !== locked.url && edition !== null && locked.edition !== null && edition !== locked.edition
  );
}

function isOtherLicence(wanted: Wanted, locked: LockedSource): boolean {
  const licence = wanted.licence ?? null;
  return licence !== null && locked.licence !== null && licence !== locked.licence;
}

/** The change that the catalogue's word alone tells of, before anything is fetched. */
export function announcedChange(wanted: Wanted, locked: LockedSource): Change | null {
  const isOther = contradicts(wanted, locked) && !isNewEdition(wanted, locked);
  if (!isOther && !isOtherLicence(wanted, locked)) return null;
  const found = {
    ...locked,
    url: wanted.url,
    announced: announcedBy(wanted),
    edition: wanted.edition ?? null,
    licence: wanted.licence ?? null,
    ...(isOther ? { sha256: null, length: wanted.length, etag: null, lastModified: null } : {}),
  };
  return { name: wanted.name, locked, found };
}

type Side = Change['found'];

function sideInWords({ length, sha256, announced, edition, licence, lastModified }: Side): string {
  const parts = [
    length === null ? null : `${length} bytes (${inWords(length)})`,
    sha256 === null ? announced : `sha256 ${sha256}`,
    edition === null ? null : `edition ${edition}`,
    licence === null ? null : `licence ${licence}`,
    lastModified === null ? null : `last modified ${lastModified}`,
  ];
  return parts.filter((part) => part !== null).join(', ') || 'nothing is said of it';
}

function inOneLine({ name, locked, found }: Change): string {
  return `${name}: locked on ${locked.fetched} from ${locked.url}: ${sideInWords(locked)}; now at ${found.url}: ${sideInWords(found)}`;
}

/** Files that are not those of the lock file. Nothing has been taken over. */
export class SourceChanged extends PipelineError {
  readonly changes: readonly Change[];

  constructor(changes: readonly Change[]) {
    const what = changes.length === 1 ? 'a source has changed' : `${changes.length} sources have changed`;
    const advice = '`carto update` takes the new over, the lock file of an earlier commit asks for the old';
    super('SourceChanged', `${what} under the same name: ${changes.map(inOneLine).join(' | ')}. ${advice}`);
    this.changes = changes;
  }
}
