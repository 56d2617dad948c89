// SPDX-License-Identifier: Apache-2.0
/** JSON with the unsigned 64-bit integers of gossip: generations and versions may exceed what a double holds. */

const LONG_NUMBER = /[:[,]\s*\d{16}/;

/**
 * Parses JSON; integers that a double would round become BigInt where the browser shows their source text. The slow
 * way is taken only by texts that look as if they held such a number.
 *
 * @param {string} text
 * @returns {any}
 */
export function parseJson(text) {
  return LONG_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

function exact(name, value, context) {
  const rounded = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return rounded && context && /^\d+$/.test(context.source ?? '') ? BigInt(context.source) : value;
}
