package io.github.offlinestate.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** Whether somebody looks at the output on a terminal that can move its cursor. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // where it is not null, isTerminal decides
    static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console) && !isDumb();
    }

    /** From Java 22 on there is a console without a terminal too, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Windows' own console shows escape sequences as they are; its successors set these variables. */
    private static boolean isDumb() {
        if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows")) {
            return System.getenv("WT_SESSION") == null
                    && System.getenv("ANSICON") == null
                    && System.getenv("ConEmuANSI") == null;
        }
        String term = System.getenv("TERM");
        return term == null || term.equals("dumb");
    }
}
