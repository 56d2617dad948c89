/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The modules of the page that need no page, called in the browser that runs them. */
class PageLogicIT {
    private static Browser browser;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.of("alone");
        browser = Browser.open();
        browser.openDashboard(cluster.member(0).httpPort());
    }

    @AfterAll
    static void stop() {
        browser.close();
        cluster.close();
    }

    @Test
    void readsEventsHoweverTheStreamWasCut() {
        Object events = call(
                "event-stream.js",
                "const parser = new m.EventParser(); const text = ': hi\\r\\n\\r\\nid: 7-1\\r\\nevent: keys\\r\\ndata: {\"a\":'"
                        + " + '1}\\r\\n\\r\\ndata:x\\ndata: y\\n\\n'; const found = [];"
                        + "for (const letter of text) found.push(...parser.push(letter));"
                        + "const whole = new m.EventParser().push(text);"
                        + "return [JSON.stringify(found), JSON.stringify(whole), parser.lastId];");

        String expected = "[{\"type\":\"keys\",\"data\":\"{\\\"a\\\":1}\"},{\"type\":\"message\",\"data\":\"x\\ny\"}]";
        assertThat((List<?>) events).map(Object::toString).containsExactly(expected, expected, "7-1");
    }

    @Test
    void keepsNumbersThatADoubleWouldRound() {
        Object numbers = call(
                "json.js",
                "const read = m.parseJson('{\"a\":18446744073709551615,\"b\":3,\"c\":\"18446744073709551615\"}');"
                        + "return [String(read.a), typeof read.b, typeof read.c];");

        assertThat((List<?>) numbers).map(Object::toString).containsExactly("18446744073709551615", "number", "string");
    }

    @Test
    void ordersKeysAsTheNodeDoes() {
        Object ordered = call(
                "key-list.js",
                "return ['\\u{1F600}', '\\uFFFD', 'b', 'a', 'ab', ''].sort(m.compareKeys).map(k => escape(k));");

        assertThat((List<?>) ordered)
                .map(Object::toString)
                .containsExactly("", "a", "ab", "b", "%uFFFD", "%uD83D%uDE00");
    }

    @Test
    void appliesChangesOnlyToTheKeysItHasLoaded() {
        Object keys = call(
                "key-list.js",
                "const list = new m.KeyList('c', false); const entry = key => ({key, value: '1', version: 1, status: 'Set'});"
                        + "list.append([entry('ca'), entry('cc')], true);"
                        + "list.apply({changes: [{...entry('cb')}, {...entry('cz')}, {...entry('d')}, {...entry('gossip:c')},"
                        + " {...entry('ca'), version: 2, status: 'Delete'}, {...entry('cc'), value: 'older'}]});"
                        + "return list.items.map(item => item.key + item.value);");

        assertThat((List<?>) keys).map(Object::toString).containsExactly("cb1", "cc1");
    }

    @Test
    void noticesThatAPublicationIsMissing() {
        Object answers = call(
                "cluster-model.js",
                "const model = new m.ClusterModel(); const id = {node_id: 'a', generation_id: 1, gossip_advertise_addr: 'x'};"
                        + "model.setMembers({sequence: 5, members: [{id, state: 'live', service: null, keys: 0, max_version: 1,"
                        + " last_gc_version: 0}]});"
                        + "const keys = sequence => ({sequence, node: id, max_version: sequence, last_gc_version: 0, changes: []});"
                        + "return [model.apply('keys', keys(4), 0), model.apply('keys', keys(6), 0),"
                        + " model.apply('keys', keys(8), 0), [...model.members.values()][0].maxVersion];");

        assertThat((List<?>) answers).map(Object::toString).containsExactly("true", "true", "false", "8");
    }

    @Test
    void findsTheNodeIdsThatSeveralGenerationsHave() {
        Object names = call(
                "cluster-model.js",
                "return [...m.repeatedNames(['a', 'b', 'a', 'c', 'a', 'b'].map(node_id => ({id: {node_id}})))];");

        assertThat((List<?>) names).map(Object::toString).containsExactly("a", "b");
    }

    @Test
    void drawsALineWithGapsWherePhiWasUnknown() {
        Object path = call(
                "history.js",
                "const history = new m.History(5); for (const phi of [9, 0, 4, null, 8, 20]) history.push(phi);"
                        + "return history.path(4, 8, 8);");

        assertThat(path).isEqualTo("M0.0 8.0L1.0 4.0M3.0 0.0L4.0 0.0");
    }

    /** Runs a function body in which {@code m} is a module of the page. */
    private static Object call(String module, String body) {
        return browser.runAsync(
                "const [module, done] = arguments;" + "import('/dashboard/' + module).then(m => { " + body
                        + " }).then(done, e => done(String(e)));",
                module);
    }
}
