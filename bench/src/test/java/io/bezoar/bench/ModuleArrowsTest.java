package io.bezoar.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The arrows between the modules, as the classes draw them. It lives in `bench` because only that sees every module.
class ModuleArrowsTest {
    /// For each module the modules it may use besides itself.
    static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            entry("core", Set.of()),
            entry("data", Set.of("core")),
            entry("learn", Set.of("core")),
            entry("detect", Set.of("core", "learn")),
            entry("embed", Set.of("core", "learn")),
            entry("attack", Set.of("core", "learn")),
            entry("lab", Set.of("core", "learn", "detect", "attack")),
            entry("evaluate", Set.of("core", "data", "learn")),
            entry("history", Set.of()),
            entry("ledger", Set.of("core")),
            entry("crawl", Set.of("core", "ledger")),
            entry(
                    "app",
                    Set.of(
                            "core",
                            "data",
                            "learn",
                            "detect",
                            "embed",
                            "attack",
                            "lab",
                            "evaluate",
                            "history",
                            "ledger",
                            "crawl")),
            entry(
                    "bench",
                    Set.of(
                            "core",
                            "data",
                            "learn",
                            "detect",
                            "embed",
                            "attack",
                            "lab",
                            "evaluate",
                            "history",
                            "ledger",
                            "crawl",
                            "app")));

    static final Set<String> MODULES = new TreeSet<>(ARROWS.keySet());

    static final JavaClasses CLASSES =
            new ClassFileImporter(Set.of(new ImportOption.DoNotIncludeTests())).importPackages("io.bezoar");

    @Test
    void everyModuleOfTheBuildHasItsArrows() throws IOException {
        var pom = Files.readString(Path.of("..", "pom.xml"));
        var built = Pattern.compile("<module>(\\w+)</module>")
                .matcher(pom)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(built, MODULES, "ARROWS must name every <module> of the parent pom.xml");
    }

    @Test
    void everyModuleHasClasses() {
        var seen = CLASSES.stream()
                .map(each -> each.getPackageName().split("\\.", 4)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(MODULES, seen, "modules whose classes the rules below saw");
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleUsesOnlyWhatItsArrowsReach(String module) {
        usesOnly(module, ARROWS.get(module)).check(CLASSES);
    }

    @Test
    void coreUsesTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage("io.bezoar.core..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("io.bezoar.core..", "java..", "jdk.incubator.vector..", "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.bezoar.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void anArrowTooFewIsNoticed() {
        assertThrows(
                AssertionError.class,
                () -> usesOnly("bench", Set.of()).check(new ClassFileImporter().importClasses(AgainstTheArrows.class)));
    }

    private static ArchRule usesOnly(String module, Set<String> others) {
        var reach = Stream.concat(Stream.of(module), others.stream())
                .map(name -> "io.bezoar." + name + "..")
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("io.bezoar." + module + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(reach).or(resideOutsideOfPackage("io.bezoar..")));
    }

    /// A class of `bench` that uses one of `app`, for a rule that forbids it.
    static final class AgainstTheArrows {
        Class<?> used() {
            return io.bezoar.app.cli.Bezoar.class;
        }
    }
}
