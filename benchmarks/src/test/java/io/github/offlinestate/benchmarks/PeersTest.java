package io.github.offlinestate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of those that are measured beside us is so. */
class PeersTest {
    private static final Path PAGE = Path.of("../docs/performance.md");

    @ParameterizedTest
    @EnumSource
    void eachTellsEachClientOnceUntilItIsRemoved(Peers which) {
        try (Peer peer = which.open()) {
            List<Probe> probes = new ArrayList<>();
            List<Object> registrations = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Probe probe = new Probe((told, number) -> {});
                probes.add(probe);
                registrations.add(peer.add(probe));
            }
            peer.tell(Told.number(1));
            peer.settle();
            peer.remove(registrations.get(3));
            peer.tell(Told.number(2));
            peer.settle();
            for (int i = 0; i < probes.size(); i++) {
                assertThat(probes.get(i).told()).as("client %d", i).isEqualTo(i == 3 ? List.of(1) : List.of(1, 2));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> thePageSaysWhichGuaranteesEachGives() throws IOException {
        String table = Page.at(Files.readString(PAGE), "guarantees");
        return Stream.of(Peers.values())
                .map(peer -> DynamicTest.dynamicTest(
                        peer.title(),
                        () -> assertThat(table).contains("| " + String.join(" | ", Guarantees.row(peer)) + " |")));
    }

    @Test
    void thisEngineGivesAllThatThePageNames() throws IOException {
        String table = Page.at(Files.readString(PAGE), "guarantees");
        assertThat(Guarantee.values()).allSatisfy(guarantee -> assertThat(table).contains(guarantee.title()));
        assertThat(Guarantees.row(Peers.ENGINE)).doesNotContain("**no**").hasSize(Guarantee.values().length + 1);
    }
}
