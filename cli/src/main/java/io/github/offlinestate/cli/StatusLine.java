package io.github.offlinestate.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A line that stays below the others on a terminal, and is written anew where it changes. For one thread. */
final class StatusLine {
    /** Where there is no terminal. */
    static final StatusLine NONE = new StatusLine(null, Style.PLAIN);

    /** A longer line would wrap, and only its last row would be written over. */
    private static final int WIDTH = 79;

    private static final String CLEAR = "\r\u001b[K";

    private final @Nullable Supplier<String> text;
    private final Style style;
    private String shown = "";

    private StatusLine(@Nullable Supplier<String> text, Style style) {
        this.text = text;
        this.style = style;
    }

    /**
     * A line for a terminal.
     *
     * @param text what it says now; asked again and again
     * @param style the terminal's
     * @return empty at first
     */
    static StatusLine of(Supplier<String> text, Style style) {
        return new StatusLine(text, style);
    }

    boolean isShown() {
        return text != null;
    }

    /**
     * What to write to have the status line below.
     *
     * @param lines what goes above; may be empty
     * @return empty where nothing is to be written
     */
    String below(CharSequence lines) {
        if (text == null) {
            return lines.toString();
        }
        String now = text.get();
        String cut = now.length() > WIDTH ? now.substring(0, WIDTH) : now;
        if (lines.isEmpty() && cut.equals(shown)) {
            return "";
        }
        String before = shown.isEmpty() ? "" : CLEAR;
        shown = cut;
        return before + lines + style.faint(cut);
    }

    /**
     * What to write to have it gone.
     *
     * @param lines the last ones; may be empty
     * @return empty where nothing is to be written
     */
    String removed(CharSequence lines) {
        String before = shown.isEmpty() ? "" : CLEAR;
        shown = "";
        return before + lines;
    }
}
