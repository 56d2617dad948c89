/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbandonedTalkIT {
    private final Talkers talkers = new Talkers();
    private final Logger logger = Logger.getLogger(AbandonedTalk.class.getName());
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            said.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(listener);
    }

    @AfterEach
    void close() {
        logger.removeHandler(listener);
        talkers.close();
    }

    @Test
    void whoIsDroppedWhileItRunsIsNamed() {
        MessageNode node = talkers.start("a");

        new AbandonedTalk(talkers.vertx, node.deploymentId(), "message node", "a").run();

        assertThat(said).singleElement().asString().contains("message node a was dropped without close()");
    }

    // Nothing of what runs may hold the handles, or nobody would ever be told.
    @Test
    void handlesThatNobodyHoldsAreCollectedAndNamed() {
        talkers.gossip("a");
        talkers.gossip("p");
        joinAndForget();

        Waiting.until(
                () -> {
                    System.gc();
                    return said.size() == 2;
                },
                () -> "said: " + said);

        assertThat(said)
                .anySatisfy(line -> assertThat(line).contains("message node a was dropped without close()"))
                .anySatisfy(line -> assertThat(line).contains("message proxy p was dropped without close()"));
    }

    private void joinAndForget() {
        Waiting.result(MessageNode.join(talkers.vertx, "a", Talkers.options()));
        Waiting.result(MessageProxy.join(talkers.vertx, "p", Talkers.options()));
    }

    @Test
    void whoWasClosedIsNotSpokenOf() {
        MessageNode node = talkers.start("a");
        Waiting.result(node.close());

        new AbandonedTalk(talkers.vertx, node.deploymentId(), "message node", "a").run();

        assertThat(said).isEmpty();
    }
}
