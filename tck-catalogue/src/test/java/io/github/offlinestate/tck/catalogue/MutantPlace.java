package io.github.offlinestate.tck.catalogue;

import java.util.Comparator;

/** What the list names: lines are not named, for they move. */
record MutantPlace(String type, String method, MutantChange change) implements Comparable<MutantPlace> {
    private static final Comparator<MutantPlace> ORDER = Comparator.comparing(MutantPlace::type)
            .thenComparing(MutantPlace::method)
            .thenComparing(MutantPlace::change);

    @Override
    public int compareTo(MutantPlace other) {
        return ORDER.compare(this, other);
    }

    static String inPage(String type, String method) {
        return '`' + type + "`, " + (method.equals("<init>") ? "its constructor" : '`' + method + '`');
    }

    @Override
    public String toString() {
        return inPage(type, method) + ": " + change.word();
    }
}
