package io.github.offlinestate.windows.find;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of Windows as text, so that they mean the same wherever this is tested. */
final class WindowsPaths {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z]:[\\\\/].*|\\\\\\\\[^\\\\].*", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("%([^%]+)%");

    private WindowsPaths() {}

    static boolean isAbsolute(String path) {
        return ABSOLUTE.matcher(path).matches();
    }

    static String fileName(String path) {
        return path.substring(lastSeparator(path) + 1);
    }

    /** Another file in the same folder. */
    static String beside(String path, String name) {
        return path.substring(0, lastSeparator(path) + 1) + name;
    }

    static boolean isNamed(String path, String name) {
        return fileName(path).toLowerCase(Locale.ROOT).equals(name);
    }

    /** Replaces %VARIABLES% as REG_EXPAND_SZ has them; an unknown one stays. */
    static String expand(String text, Function<String, Optional<String>> environment) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(found ->
                Matcher.quoteReplacement(environment.apply(found.group(1)).orElse(found.group())));
    }

    /** Without the quotes that registry values are written in. */
    static String unquoted(String path) {
        String trimmed = path.trim();
        return trimmed.length() > 1 && trimmed.startsWith("\"") && trimmed.endsWith("\"")
                ? trimmed.substring(1, trimmed.length() - 1)
                : trimmed;
    }

    private static int lastSeparator(String path) {
        return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
    }
}
