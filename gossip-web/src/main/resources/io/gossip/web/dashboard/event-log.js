// SPDX-License-Identifier: Apache-2.0
/** What happened since the page was opened, latest first. */

import { byId, el, atIntervals, setAttribute, setText } from './dom.js';
import { clock, count, plural, shorten } from './format.js';
import { VirtualTable } from './virtual-table.js';

const MOST_ENTRIES = 1_000;
const MOST_TEXT = 300;
const DRAW_MILLIS = 250; // a line needs longer to be read
const DEEDS = { joined: 'was listed', alive: 'is live', dead: 'is dead', left: 'left', removed: 'was removed' };
const TONES = { alive: 'is-live', dead: 'is-dead', left: 'is-left' };

export class EventLog {
  #entries = [];
  #number = 0;
  #table;

  constructor() {
    this.#table = new VirtualTable(byId('event-view'), {
      rowHeight: 44,
      key: (entry) => String(entry.number),
      create: createRow,
      update: updateRow,
    });
    byId('event-kind').addEventListener('change', () => this.#draw());
    byId('event-clear').addEventListener('click', () => {
      this.#entries = [];
      this.#draw();
    });
  }

  /** @param {object} body a publication about members @returns {string} what to tell those who do not look */
  members(body) {
    const spoken = [];
    for (const [list, deed] of Object.entries(DEEDS)) {
      for (const id of body[list]) this.#addMember(id, deed, TONES[list]);
      if (list === 'dead' || list === 'left' || list === 'alive') spoken.push(...body[list].map((id) => `${id.node_id} ${deed}`));
    }
    return spoken.length > 3 ? `${plural(spoken.length, 'member')} changed` : spoken.join(', ');
  }

  #addMember(id, deed, tone) {
    this.#add('members', `${id.node_id} ${deed}`, `${id.gossip_advertise_addr} · generation ${id.generation_id}`, tone);
  }

  /** @param {object} body a publication about keys */
  keys(body) {
    const { changes, node, reset } = body;
    if (!changes.length && !reset) return;
    const name = node.node_id;
    if (changes.length === 1 && !reset) this.#add('keys', name, changeText(changes[0]));
    else {
      const names = changes.slice(0, 8).map((change) => change.key).join(', ');
      this.#add('keys', `${name}: ${plural(changes.length, 'key')}${reset ? ', started over' : ''}`, names);
    }
  }

  /** @param {string} title @param {string} detail something about the page itself */
  note(title, detail) {
    this.#add('page', title, detail, 'muted');
  }

  #add(kind, title, detail, tone = '') {
    this.#number += 1;
    const entry = { number: this.#number, kind, title: shorten(title, MOST_TEXT), detail: shorten(detail, MOST_TEXT), tone, time: clock(new Date()) };
    this.#entries.push(entry);
    if (this.#entries.length > 2 * MOST_ENTRIES) this.#entries.splice(0, MOST_ENTRIES);
    this.#later();
  }

  #later = atIntervals(() => this.#draw(), DRAW_MILLIS);

  #draw() {
    const kind = byId('event-kind').value;
    const shown = this.#entries.filter((entry) => !kind || entry.kind === kind).slice(-MOST_ENTRIES).reverse();
    this.#table.show(shown);
    byId('events-empty').hidden = shown.length > 0;
    setText(byId('events-tally'), shown.length ? `${count(shown.length)}${shown.length === MOST_ENTRIES ? ', older ones dropped' : ''}` : '');
  }
}

function changeText({ key, value, version, status }) {
  switch (status) {
    case 'Delete': return `${key} deleted · version ${version}`;
    case 'Expired': return `${key} collected · version ${version}`;
    default: return `${key} = ${value} · version ${version}`;
  }
}

function createRow() {
  return el('tr', {}, el('td', { class: 'c-time' }), el('td', { class: 'c-event' }, el('b'), el('small')));
}

function updateRow(row, entry) {
  const [time, event] = row.cells;
  setText(time, entry.time);
  const [title, detail] = event.children;
  setText(title, entry.title);
  setAttribute(title, 'class', entry.tone);
  setText(detail, entry.detail);
  setAttribute(event, 'title', `${entry.title}\n${entry.detail}`);
}
