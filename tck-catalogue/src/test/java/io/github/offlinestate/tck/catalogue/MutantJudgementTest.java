package io.github.offlinestate.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the command says of a report that is made up. */
class MutantJudgementTest {
    private static final String KILLED = mutation("KILLED", "View", "state", "MathMutator", 20);
    private static final String TIMED_OUT = mutation("TIMED_OUT", "View$Part", "state", "MathMutator", 21);
    private static final String LISTED = mutation("SURVIVED", "View", "lost", "MathMutator", 30);
    private static final String UNLISTED =
            mutation("NO_COVERAGE", "Engine$1", "lambda$close$3", "returns.NullReturnValsMutator", 40);

    private static final List<ListedMutants> LIST = MutantList.parse("""
            - class: View
              method: lost
              mutants: [arithmetic]
              kind: same
              reason: a number that only has to differ
            - class: View
              method: state
              mutants: [condition]
              kind: hole
              reason: nobody looks
            - class: Watchdog
              method: look
              mutants: [condition]
              kind: open
              reason: was not mutated this time
            """);

    @Test
    void counts_what_was_killed_a_class_and_in_all() throws Exception {
        MutantJudgement judgement = judge(KILLED, TIMED_OUT, LISTED, UNLISTED);
        assertThat(MutantTexts.table(judgement)).isEqualTo("""
                | class | mutants | killed | |
                |---|---|---|---|
                | `Engine` | 1 | 0 | 0 % |
                | `View` | 3 | 2 | 66 % |
                | all | 4 | 2 | 50.0 % |
                """);
        assertThat(MutantTexts.closing(judgement)).isEqualTo("""
                2 of 4 mutants killed, 50.0 %
                2 of 3 killed of those that break the contract, 66.7 % (without 1 that no client can tell from the engine \
                and 0 of what the contract leaves open)
                """);
    }

    @Test
    void refuses_one_that_lived_and_is_not_listed() throws Exception {
        assertThat(MutantTexts.refusal(judge(KILLED, LISTED, UNLISTED))).isEqualTo("""
                Mutants lived that the list does not hold:
                not listed: `Engine`, `close`: gives nothing (NullReturnValsMutator), line 40
                Kill each by a test of the kit, or list it with its reason in \
                tck-catalogue/src/test/resources/mutants-that-lived.yaml""");
    }

    @Test
    void refuses_more_of_a_place_than_are_listed() throws Exception {
        String another = mutation("SURVIVED", "View", "lost", "MathMutator", 31);
        assertThat(MutantTexts.refusal(judge(LISTED, another)))
                .contains("not listed: `View`, `lost`: arithmetic (MathMutator), line 30, 31; 1 of these 2 are listed");
    }

    @Test
    void takes_what_is_listed_and_tells_what_is_killed_of_it() throws Exception {
        MutantJudgement judgement = judge(KILLED, LISTED);
        assertThat(MutantTexts.refusal(judgement)).isEmpty();
        assertThat(MutantTexts.killedNow(judgement))
                .isEqualTo("listed, but did not live this time: `View`, `state`: condition\n");
    }

    @Test
    void refuses_a_report_without_mutants() throws Exception {
        assertThat(MutantTexts.refusal(judge())).isEqualTo("PIT's report has no mutants in it");
    }

    @Test
    void says_where_a_list_is_wrong() {
        assertThatThrownBy(() ->
                        MutantList.parse("[{class: View, method: lost, mutants: [magic], kind: same, reason: x}]"))
                .hasMessageContaining("no change is called magic");
        assertThatThrownBy(() -> MutantList.parse("[{class: View, method: lost, mutants: [sign], kind: same}]"))
                .hasMessageContaining("expected the keys");
        assertThatThrownBy(
                        () -> MutantList.parse("[{class: View, method: lost, mutants: [sign], kind: same, reason: }]"))
                .hasMessageContaining("reason is no String");
    }

    private static MutantJudgement judge(String... mutations) throws IOException {
        String xml = "<mutations>" + String.join("", mutations) + "</mutations>";
        return MutantJudgement.of(
                MutantReport.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))), LIST);
    }

    private static String mutation(String status, String type, String method, String mutator, int line) {
        return """
                <mutation detected='%s' status='%s' numberOfTestsRun='1'>
                  <mutatedClass>io.github.offlinestate.spi.%s</mutatedClass>
                  <mutatedMethod>%s</mutatedMethod>
                  <lineNumber>%d</lineNumber>
                  <mutator>org.pitest.mutationtest.engine.gregor.mutators.%s</mutator>
                </mutation>
                """.formatted(
                !status.equals("SURVIVED") && !status.equals("NO_COVERAGE"), status, type, method, line, mutator);
    }
}
