// SPDX-License-Identifier: Apache-2.0
/** The node's HTTP API, as far as the page needs it. */

import { parseJson } from './json.js';

const BASE = new URL('../api/v1/', import.meta.url);
const TOKEN = 'gossip.token';
const HTTP_KEY = 'gossip:http';
const PATIENCE_MILLIS = 15_000;

/** A request that was not answered with success. Status 0: not answered at all. */
export class ApiError extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** The bearer token that the user gave for this tab; empty for none. */
export const token = {
  get: () => sessionStorage.getItem(TOKEN) ?? '',
  set: (value) => (value ? sessionStorage.setItem(TOKEN, value) : sessionStorage.removeItem(TOKEN)),
};

/**
 * Sends a request.
 *
 * @param {string} path below /api/v1/
 * @param {RequestInit} [init]
 * @returns {Promise<Response>} of a 2xx
 * @throws {ApiError} otherwise, with the detail that the node gave
 */
export async function send(path, init = {}) {
  const headers = new Headers(init.headers);
  if (token.get()) headers.set('Authorization', `Bearer ${token.get()}`);
  let response;
  try {
    response = await fetch(new URL(path, BASE), { cache: 'no-store', credentials: 'same-origin', ...init, headers });
  } catch (failure) {
    throw new ApiError(0, failure.name === 'TimeoutError' ? 'the node takes too long' : 'the node does not answer');
  }
  if (!response.ok) throw new ApiError(response.status, await detailOf(response));
  return response;
}

async function detailOf(response) {
  try {
    return (await response.json()).detail || response.statusText;
  } catch {
    return response.statusText || `status ${response.status}`;
  }
}

async function json(path, init) {
  const response = await send(path, { signal: AbortSignal.timeout(PATIENCE_MILLIS), ...init });
  try {
    return parseJson(await response.text());
  } catch {
    throw new ApiError(0, 'the answer of the node broke off');
  }
}

export const api = {
  cluster: () => json('cluster'),
  members: () => json('members?state=all'),
  vitals: () => json('vitals'),
  /** One page of a member's keys, those that begin with a prefix, in order, after another key. */
  keys: (nodeId, { prefix, reserved, after, limit }, signal) => {
    const query = new URLSearchParams({ node_id: nodeId, prefix, reserved: String(reserved), limit: String(limit) });
    if (after !== undefined) query.set('after', after);
    return json(`keys?${query}`, { signal });
  },
  setKey: (key, value, ttl) =>
    json(`keys?${new URLSearchParams({ key, ttl: String(ttl) })}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: value,
    }),
  deleteKey: (key) => json(`keys?${new URLSearchParams({ key })}`, { method: 'DELETE' }),
  /** Whether a member tells where it serves HTTP. Without it, there is no use in asking for a comparison. */
  tellsHttp: async (nodeId) => {
    const query = new URLSearchParams({ node_id: nodeId, prefix: HTTP_KEY, reserved: 'true', limit: '1' });
    return (await json(`keys?${query}`)).keys.some((entry) => entry.key === HTTP_KEY);
  },
  /** What the node and another member believe differently, of all members or of the keys of one. */
  diff: (nodeId, keysOf) => {
    const query = new URLSearchParams({ node_id: nodeId });
    if (keysOf !== undefined) query.set('keys_of', keysOf);
    return json(`diff?${query}`);
  },
};
