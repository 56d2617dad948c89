// SPDX-License-Identifier: Apache-2.0
/**
 * Whether the cluster has converged. A member cannot know that by itself: its own picture tells how new *its* knowledge
 * is, not that of others. So the node is asked, one member at a time and only while the page is looked at, to compare its
 * picture with that of another member.
 */

import { ApiError, api } from './api.js';
import { plural } from './format.js';

const FIRST_ROUND_MILLIS = 1_000; // between two questions until each of a few members was asked once
const LATER_MILLIS = 10_000;
const ASKED_QUICKLY = 8;
const QUICK_UP_TO_MEMBERS = 200; // an answer grows with the number of members
const FRESH_MILLIS = 150_000;
const UNREACHABLE_MILLIS = 60_000;

export class Agreement {
  #model;
  #answers = new Map();
  #off = '';

  /** @param {import('./cluster-model.js').ClusterModel} model */
  constructor(model) {
    this.#model = model;
  }

  /** Asks one member after another, for as long as the page is open. */
  start() {
    const again = async () => {
      if (!document.hidden && this.#model.self && !this.#off) await this.#askNext();
      setTimeout(again, this.#pause());
    };
    setTimeout(again, FIRST_ROUND_MILLIS);
  }

  /** A member that may have come to be reachable, or a token that was given: what failed before may succeed now. */
  forget() {
    this.#answers.clear();
    this.#off = '';
  }

  /** @returns {{figure: string, note: string, tone: string}} */
  summary(now) {
    const fresh = [...this.#answers].filter(([key, answer]) => {
      return answer.diff && now - answer.at < FRESH_MILLIS && this.#model.members.get(key)?.state === 'live';
    });
    if (this.#off) return { figure: '–', note: this.#off, tone: '' };
    if (!fresh.length) return { figure: '–', note: this.#whyNone(), tone: '' };
    const behind = fresh.filter(([, answer]) => answer.diff.differing > 0);
    const agreeing = fresh.length - behind.length;
    const note = behind.length
      ? `${plural(behind[0][1].diff.differing, 'member')} seen otherwise by ${behind[0][1].name}`
      : `${plural(fresh.length, 'member')} asked, all agree`;
    return { figure: `${agreeing} of ${fresh.length}`, note, tone: behind.length ? 'left' : 'live' };
  }

  #whyNone() {
    const others = this.#others();
    if (!others.length) return 'no other live member to ask';
    const asked = others.filter((member) => this.#answers.has(member.key)).length;
    return asked < Math.min(others.length, ASKED_QUICKLY) ? 'asking other members' : 'no other member can be asked';
  }

  #others() {
    return [...this.#model.members.values()].filter((member) => member.state === 'live' && !this.#model.isSelf(member.id));
  }

  #pause() {
    const small = this.#model.members.size <= QUICK_UP_TO_MEMBERS;
    const unasked = this.#others().length > this.#answers.size && this.#answers.size < ASKED_QUICKLY;
    return small && unasked ? FIRST_ROUND_MILLIS : LATER_MILLIS;
  }

  async #askNext() {
    const now = performance.now();
    for (const key of this.#answers.keys()) if (!this.#model.members.has(key)) this.#answers.delete(key);
    const waiting = (member) => {
      const answer = this.#answers.get(member.key);
      return !answer ? -1 : answer.diff || now - answer.at > UNREACHABLE_MILLIS ? answer.at : Infinity;
    };
    let next = null;
    for (const member of this.#others()) if (waiting(member) < (next ? waiting(next) : Infinity)) next = member;
    if (!next) return;
    const answer = { name: next.id.node_id, diff: null, at: now };
    try {
      if (await api.tellsHttp(next.id.node_id)) answer.diff = await api.diff(next.id.node_id);
    } catch (failure) {
      if (failure instanceof ApiError && [401, 403, 405].includes(failure.status)) this.#off = failure.message;
    }
    answer.at = performance.now();
    this.#answers.set(next.key, answer);
  }
}
