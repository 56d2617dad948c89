// SPDX-License-Identifier: Apache-2.0
/** The cluster at a glance. */

import { byId, setAttribute, setText } from './dom.js';
import { count, duration, plural } from './format.js';

export class OverviewPanel {
  #model;
  #agreement;

  /** @param {import('./cluster-model.js').ClusterModel} model @param {import('./agreement.js').Agreement} agreement */
  constructor(model, agreement) {
    this.#model = model;
    this.#agreement = agreement;
  }

  draw(now) {
    if (!this.#model.self) return;
    const totals = this.#model.totals();
    const listed = this.#model.members.size;
    setText(byId('live-count'), count(totals.live));
    setText(byId('live-note'), `of ${plural(listed, 'member')} listed`);
    setText(byId('dead-count'), count(totals.dead));
    setText(byId('left-count'), count(totals.left));
    for (const state of ['live', 'dead', 'left']) setAttribute(byId(`${state}-tile`), 'data-tone', totals[state] ? state : '');
    setText(byId('key-count'), count(totals.keys));
    const quiet = this.#model.changedAt === null ? null : now - this.#model.changedAt;
    setText(byId('key-note'), quiet === null ? 'no change heard so far' : `last change ${duration(quiet)} ago`);
    this.#drawAgreement(now);
    setText(byId('cluster-id'), this.#model.clusterId);
    setText(byId('self-id'), this.#model.self.node_id);
    setAttribute(byId('self-id'), 'title', `${this.#model.self.node_id} at ${this.#model.self.gossip_advertise_addr}`);
    document.title = `${this.#model.clusterId}: ${totals.live} live${totals.dead ? `, ${totals.dead} dead` : ''} · gossip`;
  }

  #drawAgreement(now) {
    const { figure, note, tone } = this.#agreement.summary(now);
    setText(byId('agreement'), figure);
    setText(byId('agreement-note'), note);
    setAttribute(byId('agreement-note'), 'title', note);
    setAttribute(byId('convergence'), 'data-tone', tone);
  }
}
