package io.github.offlinestate.sim;

import java.util.List;

/** A part of a YAML document, with the place where it begins (line and column from 1). */
sealed interface YamlNode {
    int line();

    int column();

    /** What it is, for an error. */
    String found();

    /** A scalar; {@code plain} where it is not quoted. */
    record Scalar(String text, boolean plain, int line, int column) implements YamlNode {
        private static final int SHOWN = 40;

        /** Whether it is YAML's way to say that there is no value. */
        boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String found() {
            if (isNothing()) {
                return "nothing";
            }
            StringBuilder shown = new StringBuilder("'");
            text.codePoints().limit(SHOWN).forEach(c -> {
                if (Character.isISOControl(c)) {
                    shown.append(String.format("\\u%04x", c));
                } else {
                    shown.appendCodePoint(c);
                }
            });
            return shown.append(text.codePointCount(0, text.length()) > SHOWN ? "...'" : "'")
                    .toString();
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line, int column) implements YamlNode {
        @Override
        public String found() {
            return "a list";
        }
    }

    /** Keys with values, in the order of the file; no key twice. */
    record Mapping(List<Entry> entries, int line, int column) implements YamlNode {
        @Override
        public String found() {
            return "a mapping";
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, YamlNode value) {}
}
