/** Texts in bytes. Refuses bytes that are no UTF-8. */
export const utf8 = new TextDecoder('utf-8', { fatal: true });
