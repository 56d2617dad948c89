// SPDX-License-Identifier: Apache-2.0
/** What the page knows of the cluster: a snapshot, brought up to date by publications. Pure: no document, no network. */

import { History } from './history.js';

/** @typedef {{node_id: string, generation_id: number|bigint, gossip_advertise_addr: string}} Identity */

/** @param {Identity} id @returns {string} one text per identity; a line break cannot be part of a node id */
export function keyOf(id) {
  return `${id.node_id}\n${id.generation_id}\n${id.gossip_advertise_addr}`;
}

/**
 * @param {Iterable<{id: Identity}>} members
 * @returns {Set<string>} the node ids that more than one of them has: each start of a member has a generation of its own
 */
export function repeatedNames(members) {
  const seen = new Set();
  const repeated = new Set();
  for (const { id } of members) (seen.has(id.node_id) ? repeated : seen).add(id.node_id);
  return repeated;
}

/** One listed member. */
class Member {
  /** @param {Identity} id */
  constructor(id) {
    this.id = id;
    this.key = keyOf(id);
    this.state = 'dead';
    this.service = null;
    this.keys = 0;
    this.maxVersion = 0;
    this.lastGcVersion = 0;
    this.vitals = null;
    this.history = new History();
  }
}

export class ClusterModel {
  /** @type {Map<string, Member>} */
  members = new Map();
  clusterId = '';
  /** @type {Identity|null} */
  self = null;
  sequence = -1;
  /** When the last change of any version was heard, in the time of performance.now(); null for none yet. */
  changedAt = null;
  /** Phi from which on a member counts as dead, told by the node's own numbers. */
  threshold = 8;

  /** @param {{cluster_id: string, self: Identity}} cluster */
  setCluster(cluster) {
    this.clusterId = cluster.cluster_id;
    this.self = cluster.self;
  }

  /** @param {{sequence: number, members: object[]}} list takes the place of all that was known, but for the histories */
  setMembers(list) {
    const former = this.members;
    this.members = new Map();
    for (const shown of list.members) {
      const key = keyOf(shown.id);
      const member = former.get(key) ?? new Member(shown.id);
      member.state = shown.state;
      member.service = shown.service;
      member.keys = shown.keys;
      member.maxVersion = shown.max_version;
      member.lastGcVersion = shown.last_gc_version;
      this.members.set(key, member);
    }
    this.sequence = list.sequence;
  }

  /** @param {object[]} vitals of all members but the node itself */
  setVitals(vitals) {
    for (const shown of vitals) {
      const member = this.members.get(keyOf(shown.id));
      if (!member) continue;
      member.vitals = shown;
      member.history.push(shown.phi);
      if (shown.phi > 0 && shown.silence_ms > 0 && shown.detection_timeout_ms > 0 && shown.silence_ms > 200) {
        this.threshold = (shown.phi * shown.detection_timeout_ms) / shown.silence_ms;
      }
    }
  }

  /**
   * Applies one publication.
   *
   * @param {'members'|'keys'} type
   * @param {object} body
   * @param {number} now
   * @returns {boolean} false if one is missing before it, or it speaks of a member that is not known: load a snapshot
   */
  apply(type, body, now) {
    if (body.sequence <= this.sequence) return true;
    const complete = body.sequence === this.sequence + 1;
    this.sequence = body.sequence;
    return (type === 'members' ? this.#applyMembers(body) : this.#applyKeys(body, now)) && complete;
  }

  #applyMembers(body) {
    for (const id of body.joined) {
      if (!this.members.has(keyOf(id))) this.members.set(keyOf(id), new Member(id));
    }
    let known = true;
    for (const state of ['alive', 'dead', 'left']) {
      for (const id of body[state]) {
        const member = this.members.get(keyOf(id));
        if (member) member.state = state === 'alive' ? 'live' : state;
        else known = false;
      }
    }
    for (const id of body.removed) this.members.delete(keyOf(id));
    return known;
  }

  #applyKeys(body, now) {
    const member = this.members.get(keyOf(body.node));
    if (!member) return false;
    member.maxVersion = body.max_version;
    member.lastGcVersion = body.last_gc_version;
    if (body.changes.length) this.changedAt = now;
    return true;
  }

  /** @param {Identity} id */
  isSelf(id) {
    return this.self !== null && keyOf(this.self) === keyOf(id);
  }

  /** @param {string} nodeId @returns {Member|null} of several generations the highest */
  byNodeId(nodeId) {
    let found = null;
    for (const member of this.members.values()) {
      if (member.id.node_id === nodeId && (!found || member.id.generation_id > found.id.generation_id)) found = member;
    }
    return found;
  }

  /** @returns {{live: number, dead: number, left: number, keys: number}} */
  totals() {
    const totals = { live: 0, dead: 0, left: 0, keys: 0 };
    for (const member of this.members.values()) {
      totals[member.state] += 1;
      totals.keys += member.keys;
    }
    return totals;
  }
}
