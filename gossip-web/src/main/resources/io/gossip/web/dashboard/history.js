// SPDX-License-Identifier: Apache-2.0
/** The last values of phi of one member. A ring, so that an hour costs no more memory than a minute. */
export class History {
  #values;
  #next = 0;
  #length = 0;

  /** @param {number} [capacity] */
  constructor(capacity = 120) {
    this.#values = new Float32Array(capacity);
  }

  get length() {
    return this.#length;
  }

  /** @param {number|null|undefined} value null where nothing is known, which leaves a gap */
  push(value) {
    this.#values[this.#next] = value ?? NaN;
    this.#next = (this.#next + 1) % this.#values.length;
    this.#length = Math.min(this.#length + 1, this.#values.length);
  }

  /** @param {number} age 0 for the latest */
  at(age) {
    const size = this.#values.length;
    return this.#values[(this.#next - 1 - age + 2 * size) % size];
  }

  /**
   * The path of a line from the oldest on the left to the latest on the right.
   *
   * @param {number} width
   * @param {number} height
   * @param {number} top the value at the upper edge
   * @returns {string} SVG path data
   */
  path(width, height, top) {
    const step = width / (this.#values.length - 1);
    let path = '';
    let pen = 'M';
    for (let age = this.#length - 1; age >= 0; age--) {
      const value = this.at(age);
      if (Number.isNaN(value)) {
        pen = 'M';
        continue;
      }
      const y = height - Math.min(value / top, 1) * height;
      path += `${pen}${(width - age * step).toFixed(1)} ${y.toFixed(1)}`;
      pen = 'L';
    }
    return path;
  }
}
