/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The folders are the architecture diagram; this keeps the diagram true. */
class ArchitectureTest {
    private static final String ROOT = "io.gossip.web";

    /** Each package may use those before it, never one after it; the root puts them together. */
    private static final List<String> LAYERS = List.of(
            "pace",
            "request",
            "document",
            "cluster",
            "stream",
            "page",
            "kept",
            "api",
            "compare",
            "openapi",
            "operation",
            "security");

    private static final JavaClasses WEB = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void everyPackageHasItsPlace() {
        Set<String> packages = WEB.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .map(name -> name.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());

        assertThat(packages).containsExactlyInAnyOrderElementsOf(LAYERS);
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
                .resideInAPackage(ROOT)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(after)
                .check(WEB);
    }

    @Test
    void usersSeeWhatTheyDeployAndConfigure() {
        Set<String> offered = WEB.stream()
                .filter(type -> type.getPackageName().equals(ROOT))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());

        assertThat(offered)
                .containsExactlyInAnyOrder(
                        "AccessToken",
                        "GossipServer",
                        "GossipServerOptions",
                        "GossipWebOptions",
                        "GossipWebVerticle",
                        "TokenRole",
                        "WebSecurityOptions");
    }

    private static List<String> layers() {
        return LAYERS;
    }

    private static String packageOf(String layer) {
        return ROOT + "." + layer + "..";
    }
}
