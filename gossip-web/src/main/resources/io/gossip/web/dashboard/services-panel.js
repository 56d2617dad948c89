// SPDX-License-Identifier: Apache-2.0
/** Which services are offered, and by how many members each shard. */

import { byId, el, setText } from './dom.js';
import { count, plural } from './format.js';

const MOST_SHARDS = 200; // of one service; more than that nobody reads

export class ServicesPanel {
  #model;
  #onChoose;
  #shown = '';

  /**
   * @param {import('./cluster-model.js').ClusterModel} model
   * @param {(text: string) => void} onChoose the members of a service or shard are asked for
   */
  constructor(model, onChoose) {
    this.#model = model;
    this.#onChoose = onChoose;
  }

  draw() {
    if (!this.#model.self) return;
    const services = this.#collect();
    const image = JSON.stringify(services);
    if (image === this.#shown) return;
    this.#shown = image;
    setText(byId('services-tally'), plural(services.length, 'service'));
    setText(byId('services-empty'), 'No member offers a service.');
    byId('services-empty').hidden = services.length > 0;
    const focused = document.activeElement?.dataset?.service;
    byId('service-list').replaceChildren(...services.map((service) => this.#item(service)));
    if (focused) byId('service-list').querySelector(`[data-service="${CSS.escape(focused)}"]`)?.focus();
  }

  /** @returns {{type: string, live: number, shards: {name: string, live: number, silent: number}[]}[]} */
  #collect() {
    const types = new Map();
    for (const { service, state } of this.#model.members.values()) {
      if (!service || state === 'left') continue;
      if (!types.has(service.type)) types.set(service.type, new Map());
      const shards = types.get(service.type);
      const name = service.sharded ? String(service.shard) : '';
      const shard = shards.get(name) ?? { name, live: 0, silent: 0 };
      shard[state === 'live' ? 'live' : 'silent'] += 1;
      shards.set(name, shard);
    }
    return [...types].sort(byName).map(([type, shards]) => {
      const sorted = [...shards.values()].sort((a, b) => Number(a.name) - Number(b.name));
      return { type, live: sorted.reduce((sum, shard) => sum + shard.live, 0), shards: sorted };
    });
  }

  #item({ type, live, shards }) {
    const chips = el('div', { class: 'chips' });
    for (const shard of shards.slice(0, MOST_SHARDS)) chips.append(this.#chip(type, shard));
    if (shards.length > MOST_SHARDS) chips.append(el('span', { class: 'muted' }, `and ${count(shards.length - MOST_SHARDS)} more`));
    return el('li', {}, el('div', { class: 'service-name' }, type, el('span', {}, `${count(live)} live`)), chips);
  }

  #chip(type, { name, live, silent }) {
    const text = name === '' ? 'all' : `shard ${name}`;
    const more = live > 1 ? ` × ${live}` : live === 0 ? ' · nobody' : '';
    const about = `${type} ${text}: ${live} live${silent ? `, ${silent} dead` : ''}. Show its members`;
    const chip = el('button', { type: 'button', class: live ? 'chip' : 'chip gone', title: about, 'data-service': `${type}/${name}` }, text + more);
    chip.addEventListener('click', () => this.#onChoose(name === '' ? type : `${type} / ${name}`));
    return chip;
  }
}

function byName([a], [b]) {
  return a < b ? -1 : 1;
}
