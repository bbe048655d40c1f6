package io.github.offlinestate.stress.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.runners.TestList;

/** What holds of every race, whoever adds one. */
class RacesTest {
    private static final Collection<String> RACES = TestList.tests();

    @Test
    void there_is_one_for_each_meeting_that_the_contract_is_about() {
        assertThat(RACES.stream().map(name -> name.replaceFirst(".*Races\\.", "")))
                .contains(
                        "UnadviseDeliver",
                        "AdviseDeliver",
                        "CloseDeliver",
                        "CloseSet",
                        "SetChange",
                        "LostSet",
                        "TwoCloses",
                        "TokenReuse",
                        "StateReadFlip",
                        "OpenClose",
                        "ReplayChange",
                        "RemoveChange",
                        "OverflowDeliver",
                        "CloseChange",
                        "DampingAtTheEdge");
    }

    @Test
    void what_is_not_acceptable_is_forbidden() {
        assertThat(RACES).allSatisfy(name -> {
            TestInfo race = TestList.getInfo(name);
            assertThat(race.unmatched().expect()).isEqualTo(Expect.FORBIDDEN);
            assertThat(race.cases()).allMatch(outcome -> outcome.expect() == Expect.ACCEPTABLE);
        });
    }

    @Test
    void two_actors_so_that_it_runs_on_two_processors() {
        assertThat(RACES)
                .allSatisfy(name -> assertThat(TestList.getInfo(name).threads()).isEqualTo(2));
    }
}
