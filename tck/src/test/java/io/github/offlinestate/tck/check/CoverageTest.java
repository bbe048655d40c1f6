package io.github.offlinestate.tck.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.check.backend.BackendChecks;
import io.github.offlinestate.tck.model.Level;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The coverage matrix: which rule is tested by what, without holes and without strangers. */
class CoverageTest {
    private static final List<Check> CHECKS = Stream.concat(ProviderChecks.all().stream(), BackendChecks.all().stream())
            .toList();

    @Test
    void everyRuleThatTheKitJudgesHasATestOrAReason() {
        List<Rule> tested = CHECKS.stream().map(Check::rule).toList();
        assertThat(Rule.values())
                .filteredOn(rule -> rule.subject() == Subject.PROVIDER || rule.subject() == Subject.BACKEND)
                .allSatisfy(rule -> assertThat(tested.contains(rule))
                        .as("%s is tested, or says why it cannot be, and not both", rule)
                        .isNotEqualTo(rule.text().untestable().isPresent()));
    }

    @Test
    void noMustIsExcusedWithoutNeed() {
        assertThat(Rule.values())
                .filteredOn(rule -> rule.text().untestable().isPresent())
                .allSatisfy(rule -> assertThat(rule.level()).as("%s", rule).isEqualTo(Level.SHOULD));
    }

    @Test
    void testsStandWhereTheirSubjectIs() {
        assertThat(ProviderChecks.all())
                .allSatisfy(check ->
                        assertThat(check.rule().subject()).as(check.name()).isEqualTo(Subject.PROVIDER));
        assertThat(BackendChecks.all())
                .allSatisfy(check ->
                        assertThat(check.rule().subject()).as(check.name()).isEqualTo(Subject.BACKEND));
    }

    @Test
    void everyTestTakesTheTrialOfItsSubject() {
        assertThat(CHECKS)
                .allSatisfy(check -> assertThat(check.method().getParameterTypes())
                        .as(check.name())
                        .hasSize(1)
                        .allSatisfy(type ->
                                assertThat(Trial.class.isAssignableFrom(type)).isTrue()));
    }

    /** The access point is no provider's: the api's own tests judge it, and name the rule. */
    @Test
    void rulesOfTheAccessPointAreTestedByTheApi() throws IOException {
        String tests = apiTests();
        assertThat(Arrays.stream(Rule.values()).filter(rule -> rule.subject() == Subject.ACCESS_POINT))
                .allSatisfy(
                        rule -> assertThat(tests).contains("void " + rule.id().replace('-', '_') + "_"));
    }

    private static String apiTests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "api", "src", "test", "java"))) {
            return files.filter(file -> file.toString().endsWith("Test.java"))
                    .map(CoverageTest::read)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
