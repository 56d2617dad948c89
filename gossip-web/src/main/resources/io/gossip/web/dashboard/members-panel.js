// SPDX-License-Identifier: Apache-2.0
/** The members, with phi over time. */

import { repeatedNames } from './cluster-model.js';
import { afterPause, byId, el, setAttribute, setText } from './dom.js';
import { count, duration, phiText, plural, serviceText } from './format.js';
import { VirtualTable } from './virtual-table.js';

const SPARK_WIDTH = 120;
const SPARK_HEIGHT = 26;
const STATE_ORDER = { dead: 0, left: 1, live: 2 };

/** What each column is sorted by; the first click sorts as given here. */
const COLUMNS = {
  state: { of: (member) => STATE_ORDER[member.state], descending: false },
  name: { of: (member) => member.id.node_id, descending: false },
  service: { of: (member) => serviceText(member.service), descending: false },
  phi: { of: (member) => member.vitals?.phi ?? -1, descending: true },
  silence: { of: (member) => member.vitals?.silence_ms ?? -1, descending: true },
  heartbeat: { of: (member) => member.vitals?.heartbeat ?? -1, descending: true },
  keys: { of: (member) => member.keys, descending: true },
  version: { of: (member) => member.maxVersion, descending: true },
};

export class MembersPanel {
  #model;
  #table;
  #sort = { column: 'name', descending: false };
  #onChoose;
  #repeated = new Set();

  /**
   * @param {import('./cluster-model.js').ClusterModel} model
   * @param {(nodeId: string) => void} onChoose a member was chosen
   */
  constructor(model, onChoose) {
    this.#model = model;
    this.#onChoose = onChoose;
    this.#table = new VirtualTable(byId('member-view'), {
      rowHeight: 40,
      key: (member) => member.key,
      create: () => this.#createRow(),
      update: (row, member) => this.#updateRow(row, member),
    });
    const redraw = () => {
      this.#table.scrollToTop();
      this.draw();
    };
    byId('member-filter').addEventListener('input', afterPause(redraw, 100));
    byId('member-state').addEventListener('change', redraw);
    for (const button of byId('members').querySelectorAll('th button')) {
      button.addEventListener('click', () => this.#sortBy(button.dataset.sort, redraw));
    }
    this.#markSorted();
  }

  /** Shows the members that a text occurs in. */
  filter(text) {
    byId('member-filter').value = text;
    this.#table.scrollToTop();
    this.draw();
  }

  /** Shows what is known now. */
  draw() {
    if (!this.#model.self) return;
    const text = byId('member-filter').value.trim().toLowerCase();
    const state = byId('member-state').value;
    const shown = [];
    this.#repeated = repeatedNames(this.#model.members.values());
    for (const member of this.#model.members.values()) {
      if ((!state || member.state === state) && (!text || this.#isFoundBy(member, text))) shown.push(member);
    }
    this.#order(shown);
    this.#table.show(shown);
    const all = this.#model.members.size;
    setText(byId('members-tally'), shown.length === all ? plural(all, 'member') : `${count(shown.length)} of ${plural(all, 'member')}`);
    byId('members-empty').hidden = shown.length > 0;
    setText(byId('members-empty'), 'No member is like that.');
  }

  #isFoundBy(member, text) {
    const { node_id: nodeId, gossip_advertise_addr: address } = member.id;
    return `${nodeId} ${address} ${serviceText(member.service)}`.toLowerCase().includes(text);
  }

  #order(members) {
    const { of } = COLUMNS[this.#sort.column];
    const direction = this.#sort.descending ? -1 : 1;
    const decorated = members.map((member) => ({ member, value: of(member) }));
    decorated.sort((a, b) => {
      if (a.value !== b.value) return a.value < b.value ? -direction : direction;
      return a.member.key < b.member.key ? -1 : 1;
    });
    decorated.forEach(({ member }, i) => {
      members[i] = member;
    });
  }

  #sortBy(column, redraw) {
    const again = this.#sort.column === column;
    this.#sort = { column, descending: again ? !this.#sort.descending : COLUMNS[column].descending };
    this.#markSorted();
    redraw();
  }

  #markSorted() {
    for (const button of byId('members').querySelectorAll('th button')) {
      const sorted = button.dataset.sort === this.#sort.column;
      setAttribute(button.parentElement, 'aria-sort', sorted ? (this.#sort.descending ? 'descending' : 'ascending') : null);
    }
  }

  #createRow() {
    const state = el('td', { class: 'c-state' }, el('span', { class: 'mark', 'aria-hidden': 'true' }), el('span'));
    const choose = el('button', { type: 'button', class: 'link', onclick: () => this.#onChoose(choose.value) });
    const name = el('td', { class: 'c-name' }, choose, el('small'));
    const row = el('tr', {}, state, name, el('td', { class: 'c-service' }), el('td', { class: 'c-phi' }));
    row.append(el('td', { class: 'c-spark' }, spark()));
    for (const column of ['c-few', 'c-number', 'c-few', 'c-number']) row.append(el('td', { class: column }));
    return row;
  }

  #updateRow(row, member) {
    const [state, name, service, phi, line, silence, heartbeat, keys, version] = row.cells;
    const { vitals, id } = member;
    const self = this.#model.isSelf(id);
    setAttribute(row, 'class', member.state);
    setAttribute(state, 'class', `c-state is-${member.state}`);
    setText(state.lastChild, member.state);
    const [choose, address] = name.children;
    setText(choose, id.node_id);
    choose.value = id.node_id;
    setAttribute(choose, 'title', `Show the keys of ${id.node_id}, generation ${id.generation_id}`);
    const generation = this.#repeated.has(id.node_id) ? ` · generation ${id.generation_id}` : '';
    setText(address, id.gossip_advertise_addr + generation + (self ? ' · this member' : ''));
    setText(service, serviceText(member.service));
    setText(phi, self ? '–' : phiText(vitals?.phi));
    drawSpark(line.firstChild, member.history, this.#model.threshold);
    setText(silence, self ? '–' : duration(vitals?.silence_ms));
    setText(heartbeat, count(vitals?.heartbeat));
    setText(keys, count(member.keys));
    setText(version, count(member.maxVersion));
  }
}

const SVG = 'http://www.w3.org/2000/svg';

function spark() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'spark');
  svg.setAttribute('viewBox', `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true'); // the column before tells the latest value
  const base = document.createElementNS(SVG, 'line');
  for (const [name, value] of [['x1', 0], ['x2', SPARK_WIDTH], ['y1', SPARK_HEIGHT - 1], ['y2', SPARK_HEIGHT - 1]]) {
    base.setAttribute(name, String(value));
  }
  svg.append(base, document.createElementNS(SVG, 'path'));
  return svg;
}

function drawSpark(svg, history, top) {
  setAttribute(svg.lastChild, 'd', history.path(SPARK_WIDTH, SPARK_HEIGHT - 2, top));
}
