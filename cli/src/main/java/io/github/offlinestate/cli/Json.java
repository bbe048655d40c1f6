package io.github.offlinestate.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) on one line. Own code, because it is all that most runs of the command need, and loading a
 * library's classes for it would cost a fifth of the time that {@code status} takes.
 */
final class Json {
    private final StringBuilder text = new StringBuilder(160);
    private boolean first = true;

    private Json() {}

    /**
     * One value.
     *
     * @param value a string, number, boolean, null, {@code Map} with string keys (in its own order) or {@code List}
     * @return its JSON text
     */
    static String of(@Nullable Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    /**
     * Starts an object that is written member by member.
     *
     * @return to be filled and ended by {@link #end()}
     */
    static Json object() {
        Json json = new Json();
        json.text.append('{');
        return json;
    }

    Json member(String name, @Nullable Object value) {
        separate();
        string(name);
        text.append(':');
        value(value);
        return this;
    }

    String end() {
        return text.append('}').toString();
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            first = true;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                member(String.valueOf(entry.getKey()), entry.getValue());
            }
            text.append('}');
            first = false;
        } else if (value instanceof List<?> list) {
            text.append('[');
            first = true;
            for (Object element : list) {
                separate();
                value(element);
            }
            text.append(']');
            first = false;
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || isLoneSurrogate(value, i)) {
                        Text.appendEscape(text, c);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** A half of a supplementary character by itself has no UTF-8 form: it is written as an escape. */
    private static boolean isLoneSurrogate(String value, int at) {
        char c = value.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
    }
}
