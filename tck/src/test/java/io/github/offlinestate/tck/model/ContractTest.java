package io.github.offlinestate.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTest {
    private static final List<RuleText> RULES = Contract.current().areas().stream()
            .flatMap(area -> area.rules().stream())
            .toList();

    @Test
    void constantsStandInTheOrderOfTheFile() {
        assertThat(RULES).extracting(RuleText::rule).containsExactly(Rule.values());
    }

    @Test
    void constantsAreNamedAfterTheirIds() {
        assertThat(Rule.values())
                .allSatisfy(rule -> assertThat(rule.name())
                        .isEqualTo(rule.id().replace('-', '_').toUpperCase()));
    }

    @Test
    void everyRuleThatTheKitJudgesSaysWhereToLookFirst() {
        assertThat(RULES)
                .filteredOn(text -> text.subject() == Subject.PROVIDER || text.subject() == Subject.BACKEND)
                .allSatisfy(text -> assertThat(text.lookFirstAt().isPresent())
                        .as("%s", text.rule())
                        .isNotEqualTo(text.untestable().isPresent()));
    }

    @Test
    void everyRuleFromTheReferenceNamesItsPage() {
        assertThat(RULES)
                .filteredOn(text -> text.basis() == Basis.REFERENCE)
                .allSatisfy(
                        text -> assertThat(text.source()).as("%s", text.rule()).isPresent());
    }

    @Test
    void rulesOfClientsAreTheirs() {
        assertThat(RULES)
                .allSatisfy(text -> assertThat(text.level() == Level.CLIENT)
                        .as("%s", text.rule())
                        .isEqualTo(text.subject() == Subject.CLIENT));
    }

    @Test
    void rulesAreFoundById() {
        assertThat(Arrays.stream(Rule.values()).map(rule -> Rule.of(rule.id()).orElseThrow()))
                .containsExactly(Rule.values());
        assertThat(Rule.of(" advise-2B ")).contains(Rule.ADVISE_2B);
        assertThat(Rule.of("ADVISE-99")).isEmpty();
    }
}
