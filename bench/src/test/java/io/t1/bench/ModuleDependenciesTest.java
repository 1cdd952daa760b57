package io.t1.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the modules to their one-way order, and each library to the module that may use it. */
class ModuleDependenciesTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.t1");

    @Test
    void seesTheClassesOfAllSixModules() {
        for (final String module : List.of("codec", "router", "gating", "sidecar", "ops", "bench")) {
            assertTrue(
                    OURS.stream().anyMatch(type -> type.getPackageName().startsWith("io.t1." + module)),
                    "no class of " + module + " was looked at");
        }
    }

    @Test
    void dependenciesPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("codec")
                .definedBy("io.t1.codec..")
                .layer("router")
                .definedBy("io.t1.router..")
                .layer("gating")
                .definedBy("io.t1.gating..")
                .layer("sidecar")
                .definedBy("io.t1.sidecar..")
                .layer("ops")
                .definedBy("io.t1.ops..")
                .layer("bench")
                .definedBy("io.t1.bench..")
                .whereLayer("codec")
                .mayNotAccessAnyLayer()
                .whereLayer("router")
                .mayOnlyAccessLayers("codec")
                .whereLayer("gating")
                .mayOnlyAccessLayers("codec", "router")
                .whereLayer("sidecar")
                .mayOnlyAccessLayers("codec", "router", "gating")
                .whereLayer("ops")
                .mayOnlyAccessLayers("codec", "router", "gating", "sidecar")
                .whereLayer("bench")
                .mayOnlyAccessLayers("codec", "router", "gating", "sidecar", "ops")
                .check(OURS);
    }

    @Test
    void theServersLibrariesStayInTheServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.t1.sidecar..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "net.openhft..")
                .check(OURS);
    }

    @Test
    void whatLearnsStaysOutOfWhatServes() {
        noClasses()
                .that()
                .resideInAnyPackage("io.t1.codec..", "io.t1.router..", "io.t1.gating..", "io.t1.sidecar..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ml.dmlc..", "org.duckdb..", "org.apache.lucene..", "ai.onnxruntime..", "picocli..")
                .check(OURS);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .that()
                .resideInAPackage("io.t1..")
                .and()
                .resideOutsideOfPackage("io.t1.codec.wire..")
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl)(\\$.*)?")
                .check(OURS);
    }
}
