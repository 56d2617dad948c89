// SPDX-License-Identifier: Apache-2.0
/** The keys of one member, found by prefix; those of this member can be changed. */

import { ApiError, api } from './api.js';
import { afterPause, byId, el, atIntervals, setAttribute, setText } from './dom.js';
import { count, plural } from './format.js';
import { KeyEditor } from './key-editor.js';
import { KeyList } from './key-list.js';
import { VirtualTable } from './virtual-table.js';

const PAGE = 500;
const NEAR_THE_END = 100; // rows before the last one at which the next page is asked for

export class KeysPanel {
  #model;
  #table;
  #editor;
  #nodeId = '';
  #list = new KeyList('', false);
  #request = new AbortController();
  #loading = false;
  #missed = []; // publications that came while a page was under way, which may or may not contain them
  #trouble = '';

  /** @param {import('./cluster-model.js').ClusterModel} model */
  constructor(model) {
    this.#model = model;
    this.#editor = new KeyEditor();
    this.#table = new VirtualTable(byId('key-view'), {
      rowHeight: 36,
      key: (entry) => entry.key,
      create: () => this.#createRow(),
      update: (row, entry) => this.#updateRow(row, entry),
      onScroll: (last) => {
        if (this.#list.more && last > this.#list.items.length - NEAR_THE_END) this.#loadMore();
      },
    });
    const search = () => this.load();
    byId('key-prefix').addEventListener('input', afterPause(search, 150));
    byId('key-reserved').addEventListener('change', search);
    byId('key-member').addEventListener('change', () => this.choose(byId('key-member').value));
  }

  /** Shows the keys of a member. @param {string} nodeId */
  choose(nodeId) {
    byId('key-member').value = nodeId;
    this.#nodeId = nodeId;
    this.load();
  }

  /** Starts with this node's own keys, unless the user has chosen others. */
  chooseSelf() {
    if (!this.#nodeId && this.#model.self) this.choose(this.#model.self.node_id);
  }

  /** Asks the node for the first page. */
  load() {
    if (!this.#nodeId) return;
    this.#request.abort();
    this.#request = new AbortController();
    this.#loading = false;
    this.#list = new KeyList(byId('key-prefix').value, byId('key-reserved').checked);
    this.#list.more = true;
    this.#table.scrollToTop();
    this.#loadMore();
  }

  /** @param {object} body a publication about keys */
  apply(body) {
    const shown = this.#model.byNodeId(this.#nodeId);
    if (!shown || shown.id.node_id !== body.node.node_id || shown.id.generation_id !== body.node.generation_id) return;
    if (body.reset) this.#loadSoon();
    else if (this.#loading) this.#missed.push(body);
    else if (this.#list.apply(body)) this.#drawSoon();
  }

  #loadSoon = afterPause(() => this.load(), 200);
  #drawSoon = atIntervals(() => this.#draw());

  async #loadMore() {
    if (this.#loading) return;
    const list = this.#list;
    const { signal } = this.#request;
    this.#loading = true;
    this.#missed = [];
    try {
      const after = list.items.at(-1)?.key;
      const page = await api.keys(this.#nodeId, { prefix: list.prefix, reserved: list.reserved, after, limit: PAGE }, signal);
      if (signal.aborted) return;
      list.append(page.keys, page.more);
      for (const body of this.#missed) list.apply(body);
      this.#trouble = '';
    } catch (failure) {
      if (signal.aborted) return;
      list.more = false;
      this.#trouble = failure instanceof ApiError ? failure.message : String(failure);
    }
    this.#loading = false;
    this.#draw();
  }

  #draw() {
    const { items, more, prefix } = this.#list;
    this.#table.show(items);
    setText(byId('keys-tally'), more ? `first ${count(items.length)}, more below` : plural(items.length, 'key'));
    byId('keys-empty').hidden = items.length > 0;
    setText(byId('keys-empty'), this.#trouble || (prefix ? 'No key begins with that.' : 'This member has set no key.'));
  }

  #isOwn() {
    return this.#model.self?.node_id === this.#nodeId;
  }

  #createRow() {
    const row = el('tr', {}, el('td', { class: 'c-key' }), el('td', { class: 'c-value' }), el('td', { class: 'c-number' }));
    const edit = el('button', { type: 'button', class: 'quiet', onclick: () => this.#editor.edit(row.entry) }, 'Edit');
    const remove = el('button', { type: 'button', class: 'quiet', onclick: () => this.#remove(row.entry.key, remove) }, 'Delete');
    row.append(el('td', { class: 'c-status muted' }), el('td', { class: 'c-acts' }, edit, ' ', remove));
    return row;
  }

  #updateRow(row, entry) {
    const [key, value, version, status, acts] = row.cells;
    row.entry = entry;
    setText(key, entry.key);
    setAttribute(key, 'title', entry.key);
    setText(value, entry.value);
    setAttribute(value, 'title', entry.value.slice(0, 2000));
    setText(version, count(entry.version));
    setText(status, entry.status);
    const own = this.#isOwn() && !entry.key.startsWith('gossip:');
    const [edit, remove] = acts.children;
    edit.hidden = remove.hidden = !own;
    setAttribute(edit, 'aria-label', `Edit ${entry.key}`);
    if (remove.textContent === 'Delete') setAttribute(remove, 'aria-label', `Delete ${entry.key}`);
    setAttribute(row, 'class', entry.fresh ? 'fresh' : '');
  }

  /** Deletes at the second click: one that slipped does no harm. */
  async #remove(key, button) {
    if (button.dataset.sure !== key) {
      button.dataset.sure = key;
      button.textContent = 'Sure?';
      setAttribute(button, 'aria-label', `Really delete ${key}?`);
      setTimeout(() => this.#calm(button), 4_000);
      return;
    }
    this.#calm(button);
    if (await this.#editor.remove(key)) byId('key-view').focus();
  }

  #calm(button) {
    delete button.dataset.sure;
    button.textContent = 'Delete';
    const { entry } = button.closest('tr') ?? {};
    if (entry) setAttribute(button, 'aria-label', `Delete ${entry.key}`);
  }
}
