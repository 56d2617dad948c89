// SPDX-License-Identifier: Apache-2.0
/**
 * Server-sent events over fetch. EventSource cannot send a bearer token, and does not tell why it failed.
 */

import { ApiError, send } from './api.js';

const FIRST_RETRY_MILLIS = 250;
const LAST_RETRY_MILLIS = 5_000;
const SILENCE_MILLIS = 40_000; // longer than the node's pause between two heartbeat comments

/** Cuts the text of a stream into events, however its chunks were cut. Pure. */
export class EventParser {
  /** Where to go on from: that of the last event, or what the stream began with. @type {string|null} */
  lastId = null;
  #rest = '';
  #type = 'message';
  #data = [];

  /**
   * @param {string} chunk
   * @returns {{type: string, data: string}[]} the events that it completed
   */
  push(chunk) {
    const lines = (this.#rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const complete = [];
    for (const line of lines) this.#line(line, complete);
    return complete;
  }

  #line(line, complete) {
    if (line === '') {
      if (this.#data.length) complete.push({ type: this.#type, data: this.#data.join('\n') });
      this.#type = 'message';
      this.#data = [];
      return;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id') this.lastId = value;
  }
}

/**
 * Follows a stream and comes back to it whenever it ends, from where it ended.
 *
 * @param {string} path below /api/v1/
 * @param {object} handlers
 * @param {() => void} handlers.onOpen the stream is there
 * @param {(event: {type: string, data: string}) => void} handlers.onEvent
 * @param {(failure: ApiError, retryMillis: number) => void} handlers.onLost it is not, until the next attempt
 * @returns {{retryNow: () => void}} does not wait for the next attempt
 */
export function followEvents(path, handlers) {
  let lastId = null;
  let retryMillis = FIRST_RETRY_MILLIS;
  let wake = () => {};

  async function once() {
    const watch = new Watch();
    try {
      const headers = { Accept: 'text/event-stream' };
      if (lastId !== null) headers['Last-Event-ID'] = lastId;
      const response = await send(path, { headers, signal: watch.signal });
      handlers.onOpen();
      retryMillis = FIRST_RETRY_MILLIS;
      const parser = new EventParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        watch.heard();
        const events = parser.push(part.value);
        lastId = parser.lastId ?? lastId;
        events.forEach(handlers.onEvent);
      }
      throw new ApiError(0, 'the node ended the stream');
    } finally {
      watch.end();
    }
  }

  async function forever() {
    for (;;) {
      try {
        await once();
      } catch (failure) {
        const known = failure instanceof ApiError ? failure : new ApiError(0, 'the connection broke');
        handlers.onLost(known, retryMillis);
      }
      await new Promise((resolve) => {
        wake = resolve;
        setTimeout(resolve, retryMillis);
      });
      retryMillis = Math.min(retryMillis * 2, LAST_RETRY_MILLIS);
    }
  }

  forever();
  return { retryNow: () => wake() };
}

/** Ends a stream that has gone silent: a connection that broke without a word looks like one on which nothing happens. */
class Watch {
  #abort = new AbortController();
  #timer = 0;

  constructor() {
    this.heard();
  }

  get signal() {
    return this.#abort.signal;
  }

  heard() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#abort.abort(), SILENCE_MILLIS);
  }

  end() {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }
}
