package io.github.offlinestate.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced Java block of a Markdown page. What a reader needs not see stands in HTML comments before the block:
 *
 * <ul>
 *   <li>{@code <!-- snippet-setup ... -->}: code put before a fragment, as the variables that it speaks of
 *   <li>{@code <!-- snippet-use ... -->}: code run after the fragment or with the types of the block, as a closing check
 *   <li>{@code <!-- snippet-compile-only: reason -->}: compiled and not run
 *   <li>{@code <!-- snippet-prints -->} between the block and a {@code text} block: what the program prints; three dots
 *       stand for anything
 * </ul>
 *
 * @param file the page
 * @param line the line of the page where the block begins
 * @param code the block
 * @param setup hidden code before it
 * @param use hidden code after it
 * @param run whether it is run too
 * @param prints what it prints, where the page says so
 */
record Snippet(Path file, int line, String code, String setup, String use, boolean run, Optional<String> prints) {

    /** What a block is, told by its text. */
    enum Kind {
        /** A module-info. */
        MODULE,
        /** JUnit tests. */
        TESTS,
        /** A class with a main method. */
        PROGRAM,
        /** Types without a main method. */
        TYPES,
        /** Statements. */
        FRAGMENT
    }

    private static final Pattern TYPE = Pattern.compile(
            "(?m)^(?:(?:public|final|abstract|sealed|non-sealed) )*(?:class|interface|record|enum) (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

    Kind kind() {
        if (Pattern.compile("(?m)^(?:open )?module ").matcher(code).find()) {
            return Kind.MODULE;
        }
        if (!TYPE.matcher(code).find()) {
            return Kind.FRAGMENT;
        }
        if (Pattern.compile("@Test\\b|@TestFactory\\b|@ParameterizedTest\\b|extends \\w+Tck\\b")
                .matcher(code)
                .find()) {
            return Kind.TESTS;
        }
        return code.contains("static void main(") ? Kind.PROGRAM : Kind.TYPES;
    }

    /** The simple name of the first public type, else of the first. */
    String typeName() {
        Matcher first = TYPE.matcher(code);
        Matcher open = Pattern.compile("(?m)^public (?:\\w+ )*(?:class|interface|record|enum) (\\w+)")
                .matcher(code);
        if (open.find()) {
            return open.group(1);
        }
        if (first.find()) {
            return first.group(1);
        }
        throw new IllegalStateException(this + " has no type");
    }

    /** The package that the block says, or nothing. */
    String packageName() {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public String toString() {
        return Workspace.root().relativize(file) + ":" + line;
    }

    static List<Snippet> in(Path page) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        StringBuilder hidden = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("<!-- snippet-")) {
                int from = i;
                while (!lines.get(i).contains("-->")) {
                    i++;
                }
                hidden.append(String.join("\n", lines.subList(from, i + 1))).append('\n');
            } else if (line.strip().startsWith("```java")) {
                int end = endOfBlock(lines, i);
                snippets.add(of(page, i + 1, lines, i + 1, end, hidden.toString()));
                hidden.setLength(0);
                i = end;
            } else if (line.strip().startsWith("```")) {
                i = endOfBlock(lines, i);
            } else if (!line.isBlank()
                    && hidden.length() > 0
                    && !hidden.toString().contains("snippet-prints")) {
                throw new IllegalStateException(page + ":" + (i + 1) + ": no Java block follows the hidden code");
            }
        }
        return snippets;
    }

    private static Snippet of(Path page, int line, List<String> lines, int from, int end, String hidden) {
        return new Snippet(
                page,
                line,
                String.join("\n", lines.subList(from, end)).stripIndent() + "\n",
                hidden(hidden, "snippet-setup"),
                hidden(hidden, "snippet-use"),
                !hidden.contains("<!-- snippet-compile-only: "),
                printed(lines, end + 1));
    }

    private static String hidden(String comments, String name) {
        Matcher matcher =
                Pattern.compile("<!-- " + name + "\\b(.*?)-->", Pattern.DOTALL).matcher(comments);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            text.append(matcher.group(1)).append('\n');
        }
        return text.toString();
    }

    /** The text block that the marker announces, if that comes before the next block. */
    private static Optional<String> printed(List<String> lines, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).startsWith("<!-- snippet-prints -->")) {
                int start = i + 1;
                while (!lines.get(start).startsWith("```")) {
                    start++;
                }
                return Optional.of(String.join("\n", lines.subList(start + 1, endOfBlock(lines, start))));
            }
            if (lines.get(i).strip().startsWith("```")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static int endOfBlock(List<String> lines, int start) {
        int end = start + 1;
        while (!lines.get(end).strip().equals("```")) {
            end++;
        }
        return end;
    }
}
