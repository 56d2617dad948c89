// SPDX-License-Identifier: Apache-2.0
/** Sets and deletes keys of this member, and says what came of it. */

import { api } from './api.js';
import { byId, setText } from './dom.js';
import { shorten } from './format.js';

const HINTS = {
  401: 'the node wants a bearer token, use the button Token',
  403: 'this is not allowed',
  413: 'key and value are too large',
};

export class KeyEditor {
  constructor() {
    byId('key-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#set();
    });
  }

  /** Puts an entry into the form. */
  edit(entry) {
    byId('new-key').value = entry.key;
    byId('new-value').value = entry.value;
    byId('new-ttl').checked = entry.status === 'DeleteAfterTtl';
    byId('new-value').focus();
  }

  /** @param {string} key @returns {Promise<boolean>} whether it is deleted */
  async remove(key) {
    return this.#tell(`Deleted ${shorten(key, 60)}`, () => api.deleteKey(key));
  }

  async #set() {
    const key = byId('new-key').value;
    const done = await this.#tell(
      (answer) => `Set ${shorten(key, 60)}, version ${answer.version}`,
      () => api.setKey(key, byId('new-value').value, byId('new-ttl').checked),
    );
    if (!done) return;
    byId('key-form').reset();
    byId('new-key').focus();
  }

  async #tell(success, act) {
    const outcome = byId('key-outcome');
    try {
      const answer = await act();
      outcome.classList.remove('failed');
      setText(outcome, typeof success === 'string' ? success : success(answer));
      return true;
    } catch (failure) {
      outcome.classList.add('failed');
      const hint = HINTS[failure.status];
      setText(outcome, `Not done: ${failure.message}${hint && hint !== failure.message ? ` (${hint})` : ''}`);
      return false;
    }
  }
}
