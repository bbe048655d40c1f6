package io.github.offlinestate.tck.catalogue;

import java.util.List;
import java.util.stream.Stream;

/** One entry of the list: mutants of one method that live for one reason. */
record ListedMutants(String type, String method, List<MutantChange> changes, MutantKind kind, String reason) {
    Stream<MutantPlace> places() {
        return changes.stream().map(change -> new MutantPlace(type, method, change));
    }
}
