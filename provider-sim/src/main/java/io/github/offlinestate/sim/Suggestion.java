package io.github.offlinestate.sim;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody may have meant who wrote a word that is not known. */
final class Suggestion {
    private static final int LONGEST = 40;

    private Suggestion() {}

    /** Ends a sentence: a question where one of the known words is near, and nothing otherwise. */
    static String of(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return "";
        }
        String lower = word.toLowerCase(Locale.ROOT).replace('_', '-');
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))))
                .filter(nearest -> distance(lower, nearest.toLowerCase(Locale.ROOT)) <= 1 + nearest.length() / 4)
                .map(nearest -> "; did you mean '" + nearest + "'?")
                .orElse("");
    }

    /** How many characters have to be put in, taken out or changed to make one word of the other (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
