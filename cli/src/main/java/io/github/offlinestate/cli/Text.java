package io.github.offlinestate.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is fit to be shown: names and messages come from providers and files, and may hold anything. */
final class Text {
    private Text() {}

    /**
     * Shows control characters as escapes, so that a name can neither move the cursor nor break a line.
     *
     * @param text any
     * @return one line
     */
    static String line(String text) {
        return escaped(text, false);
    }

    /**
     * Like {@link #line}, but line ends and tabs stay.
     *
     * @param text any
     * @return as many lines as there were
     */
    static String lines(String text) {
        return escaped(text, true);
    }

    /**
     * Where a thread is, as a stack trace has it.
     *
     * @param stack its frames, the innermost first
     * @param most how many of them at most
     * @return each on a line of its own, after a line feed
     */
    static String frames(Stream<StackTraceElement> stack, int most) {
        return stack.limit(most).map(frame -> "\n    at " + frame).collect(Collectors.joining());
    }

    private static String escaped(String text, boolean keepLines) {
        int at = 0;
        while (at < text.length() && isFit(text.charAt(at), keepLines)) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, at);
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (isFit(c, keepLines)) {
                escaped.append(c);
            } else {
                appendEscape(escaped, c);
            }
        }
        return escaped.toString();
    }

    private static boolean isFit(char c, boolean keepLines) {
        return (keepLines && (c == '\n' || c == '\t')) || !Character.isISOControl(c);
    }

    /**
     * Appends a backslash, a u and four hexadecimal digits.
     *
     * @param to where
     * @param c what
     */
    static void appendEscape(StringBuilder to, char c) {
        to.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            to.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
    }

    /**
     * Fills up with spaces.
     *
     * @param text any
     * @param width how long it shall be
     * @return at least that long
     */
    static String padded(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    /**
     * A number of things.
     *
     * @param number how many
     * @param noun what one is called
     * @return as {@code 1 flap}, {@code 2 flaps}
     */
    static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
