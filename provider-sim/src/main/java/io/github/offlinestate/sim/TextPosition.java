package io.github.offlinestate.sim;

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

    private static String before(String text, int position) {
        return text.substring(0, Math.max(0, Math.min(position, text.length())));
    }
}
