/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands each test an empty {@link Cluster} and closes it; builds the Rust program once per run. */
final class ClusterExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);
    private static final String NO_CARGO = "The interop tests are SKIPPED: there is no cargo on this machine.";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (RustBuild.cargo().isPresent()) {
            return ConditionEvaluationResult.enabled("cargo is here");
        }
        // Said once, however many classes ask.
        context.getRoot().getStore(NAMESPACE).computeIfAbsent("said", key -> {
            System.out.println(NO_CARGO);
            return true;
        });
        return ConditionEvaluationResult.disabled(NO_CARGO);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Path program = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        "program", key -> RustBuild.run(RustBuild.cargo().orElseThrow()), Path.class);
        Cluster cluster = new Cluster(program);
        context.getStore(NAMESPACE).put("cluster", cluster); // which closes it after the test
        return cluster;
    }
}
