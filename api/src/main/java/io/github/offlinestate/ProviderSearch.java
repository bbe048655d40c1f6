package io.github.offlinestate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Goes through what {@link ServiceLoader} finds, one entry at a time: a bad one hides no other (FIND-3). */
final class ProviderSearch {
    /** What ends a search that fails again and again without getting on. */
    private static final int MAX_FAILURES_IN_A_ROW = 1_000;

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Set<Class<?>> seen = new HashSet<>();

    private ProviderSearch() {}

    /** All candidates, in an order that does not depend on that of the class path. */
    static List<Candidate> search(List<ClassLoader> loaders) {
        ProviderSearch search = new ProviderSearch();
        for (ClassLoader loader : loaders) {
            search.through(loader);
        }
        search.explainMissing(Declarations.of(loaders));
        return search.candidates.stream().sorted(ProviderSearch::byRank).toList();
    }

    /** Written out: the combinators of Comparator make classes at run time, a tenth of what a command takes to start. */
    private static int byRank(Candidate one, Candidate other) {
        ProviderDescription a = one.description();
        ProviderDescription b = other.description();
        int rank = Boolean.compare(a.failure().isPresent(), b.failure().isPresent());
        if (rank == 0) {
            rank = Integer.compare(b.priority(), a.priority());
        }
        if (rank == 0) {
            rank = a.name().orElse("").compareTo(b.name().orElse(""));
        }
        if (rank == 0) {
            rank = a.className().orElse("").compareTo(b.className().orElse(""));
        }
        return rank == 0 ? a.location().compareTo(b.location()) : rank;
    }

    private void through(ClassLoader loader) {
        Spliterator<ServiceLoader.Provider<OfflineStateProvider>> entries =
                ServiceLoader.load(OfflineStateProvider.class, loader).stream().spliterator();
        int failuresInARow = 0;
        while (failuresInARow < MAX_FAILURES_IN_A_ROW) {
            try {
                if (!entries.tryAdvance(this::found)) {
                    return;
                }
                failuresInARow = 0;
            } catch (Throwable e) { // LinkageError comes here too, and what a hostile class loader throws
                Failures.rethrowFatal(e);
                failuresInARow++;
                if (failures.stream().noneMatch(known -> Failures.same(known, e))) {
                    failures.add(e);
                }
            }
        }
    }

    private void found(ServiceLoader.Provider<OfflineStateProvider> entry) {
        if (seen.add(entry.type())) {
            candidates.add(Candidate.of(entry));
        }
    }

    /** What is declared and did not come out has a name and a place; what ServiceLoader threw has neither. */
    private void explainMissing(List<Declarations.Declared> declared) {
        Set<String> known = seen.stream().map(Class::getName).collect(Collectors.toCollection(HashSet::new));
        TreeMap<String, Throwable> reasons = new TreeMap<>();
        for (Declarations.Declared entry : declared) {
            if (known.add(entry.className())) {
                Optional<Throwable> reason = failures.stream()
                        .filter(failure -> names(failure, entry.className()))
                        .findFirst()
                        .or(entry::whyNotFound);
                reason.ifPresent(failure -> {
                    reasons.put(entry.className(), failure);
                    candidates.add(Candidate.broken(Optional.of(entry.className()), entry.where(), failure));
                });
            }
        }
        for (Throwable failure : failures) {
            if (reasons.values().stream().noneMatch(told -> Failures.same(told, failure))) {
                candidates.add(Candidate.broken(Optional.empty(), "an unknown place", failure));
            }
        }
    }

    private static boolean names(Throwable failure, String className) {
        String message = Failures.message(failure);
        int at = message == null ? -1 : message.indexOf(className);
        if (message == null || at < 0) {
            return false;
        }
        int end = at + className.length(); // com.acme.Foo is not named by com.acme.FooBar
        return end == message.length() || !Character.isJavaIdentifierPart(message.charAt(end));
    }
}
