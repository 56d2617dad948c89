// SPDX-License-Identifier: Apache-2.0
/** A sorted stretch of one member's keys, kept up to date by publications. Pure. */

const RESERVED = 'gossip:';

/**
 * Compares as the node does, by UTF-8 bytes, which is by code points; `<` would compare UTF-16 units.
 *
 * @param {string} a
 * @param {string} b
 */
export function compareKeys(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for what comes after all other characters. */
function rank(unit) {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

export class KeyList {
  /** @type {{key: string, value: string, version: number|bigint, status: string}[]} */
  items = [];
  /** Whether the node has more after the last one. */
  more = false;

  /** @param {string} prefix @param {boolean} reserved */
  constructor(prefix, reserved) {
    this.prefix = prefix;
    this.reserved = reserved;
  }

  /** @param {object[]} entries that follow those known @param {boolean} more */
  append(entries, more) {
    const last = this.items.at(-1);
    for (const entry of entries) if (!last || compareKeys(last.key, entry.key) < 0) this.items.push(entry);
    this.more = more;
  }

  /** @param {{changes: object[]}} body a publication about this member @returns {boolean} whether anything shown changed */
  apply(body) {
    let changed = false;
    for (const change of body.changes) {
      if (this.#shows(change.key)) changed = this.#put(change) || changed;
    }
    return changed;
  }

  #shows(key) {
    const end = this.items.at(-1);
    const loaded = !this.more || (end !== undefined && compareKeys(key, end.key) <= 0);
    return loaded && key.startsWith(this.prefix) && (this.reserved || !key.startsWith(RESERVED));
  }

  #put(change) {
    const at = this.#placeOf(change.key);
    const present = this.items[at]?.key === change.key;
    if (present && this.items[at].version >= change.version) return false; // known, or overtaken by a page
    if (change.status === 'Delete' || change.status === 'Expired') {
      if (present) this.items.splice(at, 1);
      return present;
    }
    const { key, value, version, status } = change;
    this.items.splice(at, present ? 1 : 0, { key, value, version, status, fresh: true });
    return true;
  }

  #placeOf(key) {
    let low = 0;
    let high = this.items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.items[middle].key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
