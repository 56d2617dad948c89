// SPDX-License-Identifier: Apache-2.0
/**
 * The dashboard: follows the node's events, asks for vitals, and lets each panel draw what it knows.
 *
 * The picture is a snapshot, brought up to date by events. It is loaded anew, now and then, when events are missing and
 * after changes that events do not tell whole (how many keys a member has, which service it offers).
 */

import { Agreement } from './agreement.js';
import { ApiError, api } from './api.js';
import { ClusterModel } from './cluster-model.js';
import { ComparePanel } from './compare-panel.js';
import { Connection } from './connection.js';
import { byId, el, atIntervals, setText } from './dom.js';
import { EventLog } from './event-log.js';
import { followEvents } from './event-stream.js';
import { parseJson } from './json.js';
import { KeysPanel } from './keys-panel.js';
import { MembersPanel } from './members-panel.js';
import { OverviewPanel } from './overview-panel.js';
import { ServicesPanel } from './services-panel.js';

const DRAW_MILLIS = 200;
const RELOAD_MILLIS = 1_000;
const CALM_RELOAD_MILLIS = 5_000; // for clusters whose list of members is long
const VITALS_MILLIS = 1_000;
const CALM_VITALS_MILLIS = 2_000; // for clusters whose vitals are long
const LARGE_CLUSTER = 300;
const MOST_SUGGESTIONS = 1_000;

const model = new ClusterModel();
const agreement = new Agreement(model);
const overview = new OverviewPanel(model, agreement);
const keys = new KeysPanel(model);
const members = new MembersPanel(model, (nodeId) => {
  keys.choose(nodeId);
  byId('keys').scrollIntoView({ block: 'nearest' });
});
const services = new ServicesPanel(model, (text) => members.filter(text));
const log = new EventLog();
new ComparePanel();
const connection = new Connection(() => {
  agreement.forget();
  stream.retryNow();
});

let waiting = []; // events that came while a snapshot was under way
let loading = false;
let reloadTimer = 0;
let opened = false;
let following = false;

const draw = atIntervals(() => {
  overview.draw(performance.now());
  members.draw();
  services.draw();
}, DRAW_MILLIS);

const stream = followEvents('events', {
  onOpen: () => {
    if (opened) log.note('Connected again', '');
    opened = true;
    following = true;
    load(true);
  },
  onEvent: (event) => {
    if (event.type === 'reset') load(true);
    else if (event.type === 'members' || event.type === 'keys') hear(event.type, parseJson(event.data));
  },
  onLost: (failure) => {
    following = false;
    if (document.body.dataset.state === 'live') log.note('Connection lost', failure.message);
    connection.lost(failure);
  },
});

function hear(type, body) {
  if (loading) waiting.push([type, body]);
  const complete = loading || model.apply(type, body, performance.now());
  if (type === 'members') {
    const spoken = log.members(body);
    if (spoken) setText(byId('announcement'), spoken);
  } else {
    log.keys(body);
    keys.apply(body);
  }
  if (!complete || type === 'keys' || body.joined.length) reloadSoon();
  draw();
}

function reloadSoon() {
  if (!reloadTimer) reloadTimer = setTimeout(() => load(false), model.members.size > LARGE_CLUSTER ? CALM_RELOAD_MILLIS : RELOAD_MILLIS);
}

/** @param {boolean} afresh whether what the panels show by themselves is out of date as well */
async function load(afresh) {
  clearTimeout(reloadTimer);
  reloadTimer = 0;
  if (loading) {
    reloadSoon();
    return;
  }
  loading = true;
  try {
    if (afresh) model.setCluster(await api.cluster());
    model.setMembers(await api.members());
    for (const [type, body] of waiting) model.apply(type, body, performance.now());
    if (following) connection.live();
    if (afresh) keys.load();
    keys.chooseSelf();
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    connection.lost(failure);
    reloadSoon();
  } finally {
    waiting = [];
    loading = false;
    draw();
  }
}

/** Fills a list of names when its field is entered: most are never looked at, and a long one costs time. */
function suggest(field, list, wanted) {
  byId(field).addEventListener('focus', () => {
    const names = new Set();
    for (const member of model.members.values()) {
      if (names.size < MOST_SUGGESTIONS && wanted(member)) names.add(member.id.node_id);
    }
    byId(list).replaceChildren(...[...names].map((name) => el('option', { value: name })));
  });
}

async function followVitals() {
  if (!document.hidden && model.self) {
    try {
      model.setVitals((await api.vitals()).members);
    } catch {
      // the stream of events tells of a lost connection
    }
    draw();
  }
  const large = model.members.size > LARGE_CLUSTER;
  setText(byId('spark-title'), large ? 'Last 4 min' : 'Last 2 min');
  setTimeout(followVitals, large ? CALM_VITALS_MILLIS : VITALS_MILLIS);
}

suggest('key-member', 'member-names', () => true);
suggest('compare-member', 'live-names', (member) => member.state === 'live' && !model.isSelf(member.id));
followVitals();
agreement.start();
