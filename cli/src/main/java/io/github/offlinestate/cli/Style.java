package io.github.offlinestate.cli;

import picocli.CommandLine.Help.Ansi;

/** Colours, where the output is a terminal and neither {@code NO_COLOR} nor the like forbids them. */
final class Style {
    /** Without colours. */
    static final Style PLAIN = new Style(false);

    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String FAINT = "2";

    private final boolean colours;

    private Style(boolean colours) {
        this.colours = colours;
    }

    /**
     * As the terminal wants it; picocli knows the variables and the terminals.
     *
     * @return with colours or without
     */
    static Style ofTerminal() {
        return new Style(Ansi.AUTO.enabled());
    }

    String state(String state) {
        return switch (state) {
            case "ONLINE" -> good(state);
            case "OFFLINE" -> bad(state);
            case "UNKNOWN" -> warning(state);
            default -> state;
        };
    }

    String good(String text) {
        return in(GREEN, text);
    }

    String bad(String text) {
        return in(RED, text);
    }

    String warning(String text) {
        return in(YELLOW, text);
    }

    String faint(String text) {
        return in(FAINT, text);
    }

    private String in(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
