package io.github.offlinestate.verification;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shape that docs/architecture.md draws: what may know what, and habits that hold in all modules. */
class ArchitectureTest {
    private static final String BASE = "io.github.offlinestate";

    private static final String API = BASE;
    private static final String SPI = BASE + ".spi..";
    private static final String SIM = BASE + ".sim..";
    private static final String JUNIT = "org.junit..";

    /** What the classes of each module may know, beside themselves, the JDK and annotations. */
    private static final Map<String, List<String>> ARROWS = Map.of(
            "api", List.of("jdk.jfr.."),
            "spi", List.of(API),
            "provider-sim", List.of(API, SPI, "org.snakeyaml.engine.."),
            "provider-windows", List.of(API, SPI, "com.sun.jna.."),
            "tck",
                    List.of(
                            API,
                            SPI,
                            JUNIT,
                            "org.opentest4j..",
                            "com.google.gson..",
                            "javax.xml..",
                            "org.w3c.dom..",
                            "org.xml.sax.."),
            "tck-catalogue", List.of(API, SPI, BASE + ".tck.."),
            "test-support", List.of(API, SPI, SIM, JUNIT),
            "micrometer", List.of(API, "io.micrometer.."),
            "cli", List.of(BASE + "..", "picocli..", "com.google.gson.."));

    private static final String[] EVERYWHERE = {"java..", "org.jspecify.annotations..", "com.google.auto.service.."};

    /** Packages and classes that are public though not exported, each with the reason. */
    private static final Map<String, String> PUBLIC_THOUGH_NOT_EXPORTED = Map.of(
            BASE + ".tck.check", "the kit's entry points and its checks of backends use it from their packages",
            BASE + ".tck.check.backend", "the entry point of the kit for backends uses it from its package",
            BASE + ".windows.com", "the provider's COM part is apart from it",
            BASE + ".windows.find", "the provider's search for Outlook is apart from it",
            BASE + ".cli.Main", "the launcher of the JVM calls it");

    /** Who may drop an interrupt, each with the reason. */
    private static final Map<String, String> MAY_DROP_INTERRUPTS = Map.of(
            BASE + ".spi.ProfileSession.awaitAsked()", "on a thread of the engine's own, which ends right after",
            BASE + ".windows.OutlookBackend.await(java.time.Duration)",
                    "on the keeper's own thread, which close() ends",
            BASE + ".cli.LineWriter.next()", "on the writer's own thread, which ends by the exception");

    /** All but the catalogue: its classes are wrong on purpose. */
    private static final JavaClasses PRODUCT = importOf(Workspace.PUBLISHED.keySet().stream()
            .filter(folder -> !folder.equals("tck-catalogue"))
            .map(Workspace::classes)
            .toList());

    private static final JavaClasses TESTS = importOf(
            Workspace.PUBLISHED.keySet().stream().map(Workspace::testClasses).toList());

    @TestFactory
    Stream<DynamicTest> aModuleKnowsOnlyWhatItsArrowsPointAt() {
        return Workspace.PUBLISHED.keySet().stream()
                .map(folder -> DynamicTest.dynamicTest(folder, () -> {
                    JavaClasses module = importOf(List.of(Workspace.classes(folder)));
                    List<String> allowed = new ArrayList<>(List.of(EVERYWHERE));
                    allowed.addAll(ARROWS.get(folder));
                    module.stream().map(JavaClass::getPackageName).distinct().forEach(allowed::add);
                    classes()
                            .should()
                            .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
                            .allowEmptyShould(true)
                            .check(module);
                }));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void theKitJudgesProvidersByTheApiAlone() {
        noClasses()
                .that(resideInAnyPackage(BASE + ".tck.check", BASE + ".tck.fixture..", BASE + ".tck.model.."))
                .should()
                .dependOnClassesThat(resideInAPackage(SPI))
                .because("a provider may be made without the engine")
                .check(PRODUCT);
    }

    @Test
    void comAndTheSearchForOutlookKnowNothingOfEachOther() {
        String com = BASE + ".windows.com..";
        String find = BASE + ".windows.find..";
        noClasses()
                .that(resideInAPackage(com))
                .should()
                .dependOnClassesThat(resideInAPackage(find))
                .check(PRODUCT);
        noClasses()
                .that(resideInAPackage(find))
                .should()
                .dependOnClassesThat(resideInAPackage(com))
                .check(PRODUCT);
    }

    @Test
    void whatIsPublicIsExportedOrListedWithAReason() {
        Set<String> allowed = Workspace.PUBLISHED.keySet().stream()
                .flatMap(folder -> Workspace.descriptor(folder).exports().stream())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        allowed.addAll(PUBLIC_THOUGH_NOT_EXPORTED.keySet());
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should(be(allowed))
                .check(PRODUCT);
        assertThat(PUBLIC_THOUGH_NOT_EXPORTED.keySet())
                .as("exceptions that are no longer needed")
                .allMatch(name -> PRODUCT.stream().anyMatch(type -> isIn(Set.of(name), type)));
    }

    @Test
    void nobodySleeps() {
        for (JavaClasses classes : List.of(PRODUCT, TESTS)) {
            noClasses()
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class, int.class)
                    .orShould()
                    .callMethod(TimeUnit.class, "sleep", long.class)
                    .because("a wait has something to wait for, and an end")
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @Test
    void onlyTheCommandLineAndTheKitAsTestsPrint() {
        noClasses()
                .that(not(resideInAPackage(BASE + ".cli..")))
                .and(not(name(BASE + ".tck.JUnitRun")))
                .should(ACCESS_STANDARD_STREAMS)
                .because("a library logs by System.Logger and leaves the streams to the program, a test's are its own")
                .check(PRODUCT);
    }

    @Test
    void whoCatchesAnInterruptPassesItOn() {
        codeUnits()
                .that(new DescribedPredicate<JavaCodeUnit>("catch InterruptedException") {
                    @Override
                    public boolean test(JavaCodeUnit unit) {
                        return unit.getTryCatchBlocks().stream()
                                .flatMap(block -> block.getCaughtThrowables().stream())
                                .anyMatch(type -> type.isEquivalentTo(InterruptedException.class));
                    }
                })
                .should(new ArchCondition<>("set the interrupt flag again") {
                    @Override
                    public void check(JavaCodeUnit unit, ConditionEvents events) {
                        boolean restored = setsTheFlag(unit)
                                || unit.getMethodCallsFromSelf().stream()
                                        .filter(call -> call.getTargetOwner().equals(unit.getOwner()))
                                        .flatMap(call -> call.getTarget().resolveMember().stream())
                                        .anyMatch(ArchitectureTest::setsTheFlag)
                                || MAY_DROP_INTERRUPTS.containsKey(unit.getFullName());
                        events.add(new SimpleConditionEvent(
                                unit, restored, unit.getDescription() + " catches InterruptedException and drops it"));
                    }
                })
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void everyThreadGetsAName() {
        noClasses()
                .should()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callMethodWhere(new DescribedPredicate<>("makes threads without a ThreadFactory") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isEquivalentTo(Executors.class)
                                && call.getName().startsWith("new")
                                && call.getTarget().getRawParameterTypes().stream()
                                        .noneMatch(type -> type.isEquivalentTo(ThreadFactory.class));
                    }
                })
                .because("a thread dump of a user's program has to say whose thread it is")
                .check(PRODUCT);
    }

    private static boolean setsTheFlag(JavaCodeUnit unit) {
        return unit.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("interrupt"));
    }

    private static ArchCondition<JavaClass> be(Set<String> allowed) {
        return new ArchCondition<>("be in a package that its module exports") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type,
                        isIn(allowed, type),
                        type.getName() + " is public, but its package is not exported: make it package-private"));
            }
        };
    }

    private static boolean isIn(Set<String> names, JavaClass type) {
        return names.contains(type.getPackageName()) || names.contains(type.getName());
    }

    private static JavaClasses importOf(List<Path> folders) {
        return new ClassFileImporter()
                .importPaths(folders.stream().filter(Files::isDirectory).toList());
    }
}
