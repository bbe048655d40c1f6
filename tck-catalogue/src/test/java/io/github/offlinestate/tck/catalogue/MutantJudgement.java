package io.github.offlinestate.tck.catalogue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a report says beside the list.
 *
 * @param lived how many that lived are listed, by their kind
 * @param unlisted a line for each that lived and is not listed
 * @param killedNow a line for each that is listed and did not live
 */
record MutantJudgement(
        List<Mutant> mutants, Map<MutantKind, Integer> lived, List<String> unlisted, List<String> killedNow) {

    static MutantJudgement of(List<Mutant> mutants, List<ListedMutants> list) {
        Map<MutantPlace, List<Mutant>> survivors = mutants.stream()
                .filter(mutant -> !mutant.killed())
                .collect(Collectors.groupingBy(Mutant::place, TreeMap::new, Collectors.toList()));
        Map<MutantPlace, List<MutantKind>> listed = listed(list, mutants);
        SortedSet<MutantPlace> places = new TreeSet<>(survivors.keySet());
        places.addAll(listed.keySet());
        Map<MutantKind, Integer> lived = new EnumMap<>(MutantKind.class);
        List<String> unlisted = new ArrayList<>();
        List<String> killedNow = new ArrayList<>();
        for (MutantPlace place : places) {
            List<Mutant> there = survivors.getOrDefault(place, List.of());
            List<MutantKind> kinds = listed.getOrDefault(place, List.of());
            // Which of them are killed cannot be told where the list has more; the first entries are taken for alive.
            kinds.stream().limit(there.size()).forEach(kind -> lived.merge(kind, 1, Integer::sum));
            if (there.size() > kinds.size()) {
                unlisted.add(place + unlisted(there, kinds.size()));
            } else if (there.size() < kinds.size()) {
                killedNow.add(place + (kinds.size() == 1 ? "" : ", " + (kinds.size() - there.size()) + " of them"));
            }
        }
        return new MutantJudgement(mutants, lived, unlisted, killedNow);
    }

    /** Of those classes that were mutated. */
    private static Map<MutantPlace, List<MutantKind>> listed(List<ListedMutants> list, List<Mutant> mutants) {
        Set<String> types =
                mutants.stream().map(mutant -> mutant.place().type()).collect(Collectors.toSet());
        Map<MutantPlace, List<MutantKind>> listed = new TreeMap<>();
        for (ListedMutants entry : list) {
            if (types.contains(entry.type())) {
                entry.places()
                        .forEach(place -> listed.computeIfAbsent(place, any -> new ArrayList<>())
                                .add(entry.kind()));
            }
        }
        return listed;
    }

    private static String unlisted(List<Mutant> there, int listed) {
        String lines = there.stream()
                .map(mutant -> String.valueOf(mutant.line()))
                .distinct()
                .collect(Collectors.joining(", "));
        String mutators = there.stream().map(Mutant::mutator).distinct().collect(Collectors.joining(", "));
        String how = listed == 0 ? "" : "; " + listed + " of these " + there.size() + " are listed";
        return " (" + mutators + "), line " + lines + how;
    }

    int killed() {
        return (int) mutants.stream().filter(Mutant::killed).count();
    }

    int lived(MutantKind kind) {
        return lived.getOrDefault(kind, 0);
    }

    /** Those that somebody could see who goes by the contract. */
    int thatBreakTheContract() {
        return mutants.size()
                - lived.entrySet().stream()
                        .filter(entry -> !entry.getKey().breaksTheContract())
                        .mapToInt(Map.Entry::getValue)
                        .sum();
    }
}
