package io.github.offlinestate.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.model.Level;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.Verdict;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit finds what is wrong with each entry, says so, and finds nothing else. */
class CatalogueTest {
    /** Quick rules from every area: what has to stay as it is beside a mistake. The long test looks at all. */
    private static final Set<Rule> BESIDE = EnumSet.of(
            Rule.OPEN_6,
            Rule.CAP_4,
            Rule.SET_7,
            Rule.SET_12,
            Rule.ADVISE_4,
            Rule.NOTIFY_2,
            Rule.UNADVISE_4,
            Rule.CLOSE_2B,
            Rule.LOST_3B,
            Rule.BACKEND_1);

    /**
     * Rules that look at all threads there are, or at all that is logged, or at a race that wants the processors: their
     * entries run alone.
     */
    private static final Set<Rule> ALONE = EnumSet.of(
            Rule.ADVISE_10B, Rule.CLOSE_4, Rule.CLOSE_4B, Rule.CLOSE_4C, Rule.FIND_2, Rule.NOTIFY_11C, Rule.BACKEND_5);

    private static final String PROCESSORS = "processors";

    private static final int ATTEMPTS = 3;

    /** A SHOULD that providers without the engine do not keep: they wait for a callback that hangs. */
    private static final Rule NOT_KEPT_WITHOUT_THE_ENGINE = Rule.NOTIFY_12;

    static Stream<CatalogueEntry> faulty() {
        return Catalogue.entries().stream().filter(CatalogueEntry::isFaulty);
    }

    static Stream<CatalogueEntry> odd() {
        return Catalogue.entries().stream().filter(entry -> !entry.isFaulty());
    }

    static Stream<CatalogueEntry> faultyWithOthers() {
        return faulty().filter(entry -> Collections.disjoint(entry.caught().keySet(), ALONE));
    }

    static Stream<CatalogueEntry> faultyAlone() {
        return faulty().filter(entry -> !Collections.disjoint(entry.caught().keySet(), ALONE));
    }

    @ParameterizedTest
    @MethodSource("faultyWithOthers")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void is_caught_by_the_rules_that_are_there_to_find_it(CatalogueEntry entry) {
        assertCaught(entry);
    }

    @ParameterizedTest
    @MethodSource("faultyAlone")
    @ResourceLock(PROCESSORS)
    void is_caught_by_the_rules_that_are_there_to_find_it_alone(CatalogueEntry entry) {
        assertCaught(entry);
    }

    /**
     * Seen once as it is described is enough: who is wrong may be wrong in another way, too, where threads meet otherwise.
     * Those that are right are never asked again.
     */
    private static void assertCaught(CatalogueEntry entry) {
        Set<Rule> rules = EnumSet.copyOf(BESIDE);
        rules.removeAll(entry.alongside());
        rules.addAll(entry.caught().keySet());
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                assertCaught(entry, rules);
                return;
            } catch (AssertionError otherwise) {
                // once more; what the last one says is thrown
            }
        }
        assertCaught(entry, rules);
    }

    private static void assertCaught(CatalogueEntry entry, Set<Rule> rules) {
        Map<Rule, RuleResult> results = Judged.by(entry, rules);
        Map<Rule, String> failed = Judged.with(results, Verdict.FAIL);
        assertThat(failed.keySet()).as(entry.name()).isEqualTo(entry.caught().keySet());
        assertThat(entry.caught())
                .as(entry.name())
                .allSatisfy((rule, said) -> assertThat(failed.get(rule)).contains(said));
        assertThat(Judged.with(results, Verdict.ERROR, Verdict.INCONCLUSIVE, Verdict.NOT_VERIFIED))
                .as(entry.name())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("odd")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void breaks_nothing_quick(CatalogueEntry entry) {
        Map<Rule, RuleResult> results = Judged.by(entry, BESIDE);
        assertThat(Judged.with(results, Verdict.FAIL, Verdict.ERROR, Verdict.NOT_VERIFIED))
                .isEmpty();
    }

    /** What the careless backends stand before: nothing that the kit finds on them comes from there. */
    @Test
    @ResourceLock(PROCESSORS)
    void the_backend_that_is_right_keeps_every_rule() {
        CatalogueEntry right = CatalogueEntry.backend("right", "nothing is wrong", Map.of(), source -> source);
        Set<Rule> rules = Arrays.stream(Rule.values())
                .filter(rule -> rule.subject() == Subject.BACKEND)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        Map<Rule, RuleResult> results = Judged.by(right, rules);
        assertThat(Judged.with(results, Verdict.PASS).keySet()).isEqualTo(rules);
    }

    /**
     * All rules, for some minutes: {@code mvn verify -pl tck-catalogue -am -Plong -Dgroups=long}, of which {@code
     * -Dtest=CatalogueTest -Dsurefire.failIfNoSpecifiedTests=false} is this one alone.
     */
    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @MethodSource("faulty")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void breaks_what_it_says_and_nothing_else(CatalogueEntry entry) {
        assertNothingElse(entry, EnumSet.complementOf(EnumSet.copyOf(ALONE)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("faulty")
    @ResourceLock(PROCESSORS)
    void breaks_what_it_says_and_nothing_else_alone(CatalogueEntry entry) {
        assertNothingElse(entry, ALONE);
    }

    private static void assertNothingElse(CatalogueEntry entry, Set<Rule> rules) {
        Set<Rule> broken = EnumSet.copyOf(entry.caught().keySet());
        broken.addAll(entry.alongside());
        Set<Rule> others = EnumSet.copyOf(rules);
        others.removeAll(broken);
        assertThat(Judged.with(all(entry, others), Verdict.FAIL, Verdict.ERROR))
                .as(entry.name())
                .isEmpty();
    }

    @Tag("long")
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @ParameterizedTest
    @MethodSource("odd")
    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    void breaks_nothing(CatalogueEntry entry) {
        assertNothing(entry, EnumSet.complementOf(EnumSet.copyOf(ALONE)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("odd")
    @ResourceLock(PROCESSORS)
    void breaks_nothing_alone(CatalogueEntry entry) {
        assertNothing(entry, ALONE);
    }

    private static void assertNothing(CatalogueEntry entry, Set<Rule> rules) {
        assertThat(Judged.with(all(entry, rules), Verdict.FAIL, Verdict.ERROR, Verdict.NOT_VERIFIED))
                .as(entry.name())
                .isEmpty();
    }

    /**
     * Those of some rules that are kept without the engine, each with few repetitions. What is to be kept is waited for
     * long: this costs nothing, and other tests want the processors.
     */
    private static Map<Rule, RuleResult> all(CatalogueEntry entry, Set<Rule> some) {
        Subject subject = entry.provider().isPresent() ? Subject.PROVIDER : Subject.BACKEND;
        Set<Rule> rules = some.stream()
                .filter(rule -> rule.subject() == subject && rule != NOT_KEPT_WITHOUT_THE_ENGINE)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        return Judged.by(
                entry, rules, TckOptions.defaults().with("budget", "1m").with("patience", "10"));
    }

    @Test
    void every_rule_that_the_kit_judges_and_that_must_be_kept_has_one_that_breaks_it() {
        Set<Rule> musts = Arrays.stream(Rule.values())
                .filter(rule -> rule.level() == Level.MUST)
                .filter(rule -> rule.subject() == Subject.PROVIDER || rule.subject() == Subject.BACKEND)
                .filter(rule -> rule.text().untestable().isEmpty())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        Set<Rule> caught = faulty().flatMap(entry -> entry.caught().keySet().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        assertThat(caught).containsAll(musts);
    }

    @Test
    void names_are_unique_and_can_be_typed() {
        assertThat(Catalogue.entries())
                .extracting(CatalogueEntry::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9]+(-[a-z0-9]+)*"))
                .allSatisfy(name -> assertThat(Catalogue.find(name)).isPresent());
        assertThat(Catalogue.find("no-such-entry")).isEmpty();
    }
}
