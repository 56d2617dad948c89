/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folders are the architecture diagram; this keeps the diagram true. */
class ArchitectureTest {
    /** Each package may use those before it, never one after it. */
    private static final List<String> LAYERS = List.of(
            "identity",
            "state",
            "event",
            "reconcile",
            "detection",
            "selection",
            "admission",
            "message",
            "wire",
            "engine");

    /** Addresses are values; everything else in java.net opens something. */
    private static final Set<String> NETWORK_VALUES = Set.of(
            "java.net.InetAddress",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.net.InetSocketAddress",
            "java.net.SocketAddress",
            "java.net.UnknownHostException",
            "java.net.URI",
            "java.net.URISyntaxException");

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gossip.core");

    @Test
    void usesOnlyTheJdkJspecifyAndZstd() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "com.github.luben.zstd..", "io.gossip.core..")
                .check(CORE);
    }

    @Test
    void opensNoSocketsAndNoChannels() {
        noClasses()
                .should()
                .dependOnClassesThat(describe("open sockets or channels", ArchitectureTest::opensSocketsOrChannels))
                .check(CORE);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void usesOnlyTheLayersBefore(String layer) {
        String[] after = LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()).stream()
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(layer))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(after)
                .allowEmptyShould(true)
                .check(CORE);
    }

    private static List<String> layers() {
        return LAYERS;
    }

    private static String packageOf(String layer) {
        return "io.gossip.core." + layer + "..";
    }

    private static boolean opensSocketsOrChannels(JavaClass used) {
        String packageName = used.getPackageName();
        if (packageName.startsWith("java.nio.channels")) return true;
        return packageName.startsWith("java.net") && !NETWORK_VALUES.contains(used.getName());
    }
}
