package io.github.offlinestate.stress.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found to be wrong, by all threads: counted, and the first ones in words. */
public final class Findings {
    private static final int IN_WORDS = 20;

    private final Map<Mistake, LongAdder> counts = new EnumMap<>(Mistake.class);
    private final List<String> first = new ArrayList<>();

    /** Nothing so far. */
    public Findings() {
        for (Mistake mistake : Mistake.values()) {
            counts.put(mistake, new LongAdder());
        }
    }

    /** Something is wrong. */
    public void add(Mistake mistake, String what) {
        add(mistake, 1, what);
    }

    /** Something is wrong, some times over. */
    public void add(Mistake mistake, int times, String what) {
        adder(mistake).add(times);
        synchronized (first) {
            if (first.size() < IN_WORDS) {
                first.add(mistake + ": " + what);
            }
        }
    }

    /** What was taken for one mistake is another one. */
    void correct(Mistake taken, Mistake was) {
        adder(taken).decrement();
        adder(was).increment();
    }

    private LongAdder adder(Mistake mistake) {
        LongAdder adder = counts.get(mistake);
        if (adder == null) {
            throw new AssertionError(mistake);
        }
        return adder;
    }

    /** How often something was wrong. */
    public long count(Mistake mistake) {
        return adder(mistake).sum();
    }

    /** Whether nothing was. */
    public boolean isEmpty() {
        return counts.values().stream().allMatch(count -> count.sum() == 0);
    }

    /** The first mistakes, in words. */
    public List<String> first() {
        synchronized (first) {
            return List.copyOf(first);
        }
    }

    /** All counts, zero or not: {@code 0 lost, 0 doubled, ...}. */
    @Override
    public String toString() {
        return Stream.of(Mistake.values())
                .map(mistake -> count(mistake) + " " + mistake)
                .collect(Collectors.joining(", "));
    }
}
