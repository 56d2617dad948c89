// SPDX-License-Identifier: Apache-2.0
/**
 * A table that has rows only for what can be seen: a hundred thousand items cost as much as thirty. Assistive technology
 * is told the true number of rows.
 */

import { setAttribute } from './dom.js';

const SPARE_ROWS = 6; // above and below, so that scrolling does not show gaps

/** @template T */
export class VirtualTable {
  #viewport;
  #table;
  #body;
  #options;
  #items = [];
  #rows = new Map();
  #pool = [];
  #above;
  #below;

  /**
   * @param {HTMLElement} viewport scrolls; holds the table
   * @param {object} options
   * @param {number} options.rowHeight in CSS pixels, the same for every row
   * @param {(item: T) => string} options.key
   * @param {() => HTMLTableRowElement} options.create an empty row
   * @param {(row: HTMLTableRowElement, item: T, index: number) => void} options.update fills one
   * @param {(lastVisible: number) => void} [options.onScroll]
   */
  constructor(viewport, options) {
    this.#viewport = viewport;
    this.#table = viewport.querySelector('table');
    this.#body = this.#table.tBodies[0];
    this.#options = options;
    this.#above = this.#spacer();
    this.#below = this.#spacer();
    this.#body.append(this.#above, this.#below);
    viewport.addEventListener('scroll', () => this.draw(), { passive: true });
    new ResizeObserver(() => this.draw()).observe(viewport);
  }

  /** @param {T[]} items shown from now on; the scroll position stays */
  show(items) {
    this.#items = items;
    setAttribute(this.#table, 'aria-rowcount', String(items.length + 1));
    this.draw();
  }

  scrollToTop() {
    this.#viewport.scrollTop = 0;
  }

  /** Fills the rows that can be seen. */
  draw() {
    const { rowHeight, key, create, update, onScroll } = this.#options;
    const seen = Math.ceil(this.#viewport.clientHeight / rowHeight);
    const top = Math.floor(this.#viewport.scrollTop / rowHeight);
    const first = Math.max(0, Math.min(top, this.#items.length - seen) - SPARE_ROWS);
    const last = Math.min(this.#items.length, top + seen + SPARE_ROWS);
    const window = this.#items.slice(first, last);
    this.#release(new Set(window.map(key)));
    let place = this.#above.nextSibling;
    window.forEach((item, i) => {
      const name = key(item);
      const row = this.#rows.get(name) ?? this.#pool.pop() ?? create();
      this.#rows.set(name, row);
      if (row === place) place = row.nextSibling;
      else this.#body.insertBefore(row, place);
      setAttribute(row, 'aria-rowindex', String(first + i + 2));
      update(row, item, first + i);
    });
    this.#stretch(this.#above, first * rowHeight);
    this.#stretch(this.#below, (this.#items.length - last) * rowHeight);
    onScroll?.(last);
  }

  #release(wanted) {
    for (const [name, row] of this.#rows) {
      if (wanted.has(name)) continue;
      this.#rows.delete(name);
      row.remove();
      if (this.#pool.length < 60) this.#pool.push(row);
    }
  }

  #spacer() {
    const row = document.createElement('tr');
    row.setAttribute('aria-hidden', 'true');
    row.className = 'spacer';
    row.hidden = true;
    const cell = document.createElement('td');
    cell.colSpan = this.#table.tHead.rows[0].cells.length;
    row.append(cell);
    return row;
  }

  #stretch(spacer, height) {
    spacer.hidden = height <= 0;
    spacer.firstChild.style.height = `${Math.max(0, height)}px`;
  }
}
