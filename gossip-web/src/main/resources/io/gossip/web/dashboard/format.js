// SPDX-License-Identifier: Apache-2.0
/** Numbers and times as people read them. */

const NUMBER = new Intl.NumberFormat('en');

/** @param {number|bigint|null|undefined} value */
export function count(value) {
  return value === null || value === undefined ? '–' : NUMBER.format(value);
}

/**
 * @param {number} amount
 * @param {string} one
 * @param {string} [many] unless an s makes it
 */
export function plural(amount, one, many = `${one}s`) {
  return `${count(amount)} ${amount === 1 ? one : many}`;
}

/** @param {number|null|undefined} millis a length of time, shown in its greatest fitting unit */
export function duration(millis) {
  if (millis === null || millis === undefined) return '–';
  const seconds = Number(millis) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** @param {number|null|undefined} phi suspicion; null as long as too little was heard */
export function phiText(phi) {
  if (phi === null || phi === undefined) return '–';
  return phi < 100 ? phi.toFixed(2) : '> 99';
}

/** @param {Date} date */
export function clock(date) {
  return date.toTimeString().slice(0, 8);
}

/** @param {{type: string, sharded: boolean, shard: number}|null|undefined} service */
export function serviceText(service) {
  if (!service) return '–';
  return service.sharded ? `${service.type} / ${service.shard}` : service.type;
}

/** @param {string} text @param {number} limit characters that a log line can bear */
export function shorten(text, limit) {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
