// SPDX-License-Identifier: Apache-2.0
/** What this member believes versus another one. The node asks the other; the page talks to its own node only. */

import { api } from './api.js';
import { repeatedNames } from './cluster-model.js';
import { byId, el, setAttribute, setText } from './dom.js';
import { count, plural } from './format.js';
import { VirtualTable } from './virtual-table.js';

export class ComparePanel {
  #table;
  #other = '';
  #latest = 0;

  constructor() {
    this.#table = new VirtualTable(byId('compare-view'), {
      rowHeight: 36,
      key: (difference) => difference.name,
      create: () => this.#createRow(),
      update: (row, difference) => this.#updateRow(row, difference),
    });
    byId('compare-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#compare(byId('compare-member').value);
    });
    byId('compare-back').addEventListener('click', () => this.#compare(this.#other));
  }

  /** @param {string} other node id @param {string} [member] compare the keys of this one; all members if left out */
  async #compare(other, member) {
    this.#other = other;
    const mine = ++this.#latest;
    setText(byId('compare-tally'), 'Asking…');
    try {
      const diff = await api.diff(other, member);
      if (mine === this.#latest) this.#show(diff, member);
    } catch (failure) {
      if (mine === this.#latest) this.#showNothing('', `Cannot compare: ${failure.message}`);
    }
    byId('compare-back').hidden = member === undefined;
  }

  #show(diff, member) {
    const ofKeys = member !== undefined;
    setText(byId('compare-what'), ofKeys ? `Key of ${member}` : 'Member');
    const compared = ofKeys ? plural(diff.compared, 'key') : plural(diff.compared, 'member');
    if (!diff.differing) {
      this.#showNothing(`${compared} compared`, `Both believe the same${ofKeys ? ` of ${member}` : ''}.`);
      return;
    }
    const repeated = ofKeys ? new Set() : repeatedNames(diff.differences);
    const rows = diff.differences.map((difference) => (ofKeys ? keyRow(difference) : memberRow(difference, repeated)));
    setText(byId('compare-tally'), `${count(diff.differing)} of ${compared} differ${diff.truncated ? ', the first are shown' : ''}`);
    byId('compare-empty').hidden = true;
    this.#table.scrollToTop();
    this.#table.show(rows);
  }

  #showNothing(tally, text) {
    setText(byId('compare-tally'), tally);
    setText(byId('compare-empty'), text);
    byId('compare-empty').hidden = false;
    this.#table.show([]);
  }

  #createRow() {
    const choose = el('button', { type: 'button', class: 'link', onclick: () => this.#compare(this.#other, choose.value) });
    return el('tr', {}, el('td', { class: 'c-what' }, choose, el('span', { class: 'mono' })), el('td', { class: 'c-side' }), el('td', { class: 'c-side' }));
  }

  #updateRow(row, { text, here, there, nodeId }) {
    const [what, ours, theirs] = row.cells;
    const [choose, plain] = what.children;
    choose.hidden = nodeId === undefined;
    choose.value = nodeId ?? '';
    setText(choose, nodeId === undefined ? '' : text);
    setText(plain, nodeId === undefined ? text : '');
    setAttribute(what, 'title', nodeId === undefined ? text : `Compare the keys of ${nodeId}`);
    for (const [cell, side] of [[ours, here], [theirs, there]]) {
      setText(cell, side ?? 'unknown');
      setAttribute(cell, 'class', side === null ? 'c-side muted' : 'c-side');
      setAttribute(cell, 'title', side);
    }
  }
}

function memberRow({ id, here, there }, repeated) {
  const side = (view) => view && `${view.state}, version ${count(view.max_version)}`;
  const name = `${id.node_id}\n${id.generation_id}\n${id.gossip_advertise_addr}`;
  const text = repeated.has(id.node_id) ? `${id.node_id} · generation ${id.generation_id}` : id.node_id;
  return { name, text, nodeId: id.node_id, here: side(here), there: side(there) };
}

function keyRow({ key, here, there }) {
  const side = (view) => view && `${view.status === 'Delete' ? 'deleted' : view.value} · version ${count(view.version)}`;
  return { name: key, text: key, here: side(here), there: side(there) };
}
