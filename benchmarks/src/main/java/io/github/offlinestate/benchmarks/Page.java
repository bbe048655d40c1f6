package io.github.offlinestate.benchmarks;

/** A page of Markdown with places for tables. */
final class Page {
    private static final String END = "<!-- end -->";

    private Page() {}

    /** The page with another text at the place of that name. */
    static String with(String page, String name, String text) {
        String begin = begin(name);
        int from = page.indexOf(begin);
        int to = page.indexOf(END, from);
        if (from < 0 || to < 0) {
            throw new IllegalArgumentException("the page has no place for " + name + ": " + begin + " ... " + END);
        }
        return page.substring(0, from + begin.length()) + "\n\n" + text.strip() + "\n\n" + page.substring(to);
    }

    /** What stands at the place of that name. */
    static String at(String page, String name) {
        String begin = begin(name);
        int from = page.indexOf(begin);
        return from < 0
                ? ""
                : page.substring(from + begin.length(), page.indexOf(END, from)).strip();
    }

    private static String begin(String name) {
        return "<!-- table: " + name + " -->";
    }
}
