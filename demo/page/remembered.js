const PREFIX = 'lastseen-demo.';

/**
 * What the browser remembers between visits; nothing, where storage is switched off.
 *
 * @param {string} key
 * @returns {string | undefined}
 */
export function recall(key) {
  try {
    return localStorage.getItem(PREFIX + key) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // A private window without storage: the visitor sees the hint again, and that is all.
  }
}
