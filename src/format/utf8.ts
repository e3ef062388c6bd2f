/** Texts in bytes, all of them: what else drops a U+FEFF at the start. Refuses bytes that are no UTF-8. */
export const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
