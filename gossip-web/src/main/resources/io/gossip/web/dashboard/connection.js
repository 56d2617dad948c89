// SPDX-License-Identifier: Apache-2.0
/** Tells how the page stands with its node, and takes the bearer token. */

import { token } from './api.js';
import { byId, setText } from './dom.js';
import { clock } from './format.js';

export class Connection {
  #since = null;

  /** @param {() => void} onToken the token changed */
  constructor(onToken) {
    const dialog = byId('token-dialog');
    byId('token-open').addEventListener('click', () => {
      byId('token-value').value = token.get();
      dialog.showModal();
    });
    const use = (value) => {
      token.set(value);
      byId('token-value').value = '';
      onToken();
    };
    byId('token-form').addEventListener('submit', () => use(byId('token-value').value.trim()));
    byId('token-forget').addEventListener('click', () => {
      use('');
      dialog.close();
    });
    byId('token-cancel').addEventListener('click', () => dialog.close());
  }

  live() {
    this.#since = null;
    this.#show('live', 'Live', '');
  }

  /** @param {import('./api.js').ApiError} failure */
  lost(failure) {
    this.#since ??= new Date();
    if (failure.status === 401 || failure.status === 403) {
      this.#show('lost', 'Not allowed', `The node refuses to show the cluster: ${failure.message}. Use the button Token to give a bearer token.`);
      return;
    }
    const why = failure.status ? `${failure.message} (${failure.status})` : failure.message;
    this.#show('lost', 'Reconnecting…', `No connection since ${clock(this.#since)}: ${why}. What you see may be out of date; the page goes on trying.`);
  }

  #show(state, text, trouble) {
    document.body.dataset.state = state;
    byId('connection').dataset.state = state;
    setText(byId('connection-text'), text);
    byId('trouble').hidden = !trouble;
    setText(byId('trouble'), trouble);
  }
}
