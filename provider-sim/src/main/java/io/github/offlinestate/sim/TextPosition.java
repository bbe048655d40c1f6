package io.github.offlinestate.sim;

import java.util.function.IntPredicate;

/** Where in a text a position is, for errors that come without line and column. */
final class TextPosition {
    private TextPosition() {}

    static int lineOf(String text, int position) {
        return 1 + (int) before(text, position).chars().filter(c -> c == '\n').count();
    }

    static int columnOf(String text, int position) {
        String before = before(text, position);
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return 1 + line.codePointCount(0, line.length());
    }

    /** Where the first code point of some kind is, or -1; an unpaired surrogate is a code point too. */
    static int ofFirst(String text, IntPredicate kind) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (kind.test(text.codePointAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static String before(String text, int position) {
        return text.substring(0, Math.max(0, Math.min(position, text.length())));
    }
}
