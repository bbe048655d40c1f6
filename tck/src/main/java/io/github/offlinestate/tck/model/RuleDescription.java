package io.github.offlinestate.tck.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule's result as text, for those who look for the mistake. */
final class RuleDescription {
    private static final String INDENT = "    ";

    private RuleDescription() {}

    static String of(RuleResult result) {
        RuleText text = result.rule().text();
        StringBuilder out = new StringBuilder();
        line(
                out,
                result.rule() + " " + text.level() + " " + result.verdict().label() + " (" + text.sourceInWords()
                        + ")");
        line(out, "rule:          " + text.statement());
        line(out, "result:        " + indented(result.message()));
        text.lookFirstAt()
                .filter(look -> result.verdict() == Verdict.FAIL)
                .ifPresent(look -> line(out, "look first at: " + look));
        if (!result.means().isEmpty()) {
            line(
                    out,
                    "made happen:   "
                            + result.means().stream().map(Means::label).collect(Collectors.joining(", ")));
        }
        result.tests().stream()
                .filter(test -> test.verdict() == result.verdict())
                .forEach(test -> describe(out, test));
        line(out, "reproduce:     " + result.reproduce());
        return out.toString();
    }

    private static void describe(StringBuilder out, TestResult test) {
        line(out, "test:          " + test.name() + " (" + millis(test.took()) + " ms)");
        test.notes().forEach(note -> line(out, "note:          " + note));
        if (!test.events().isEmpty()) {
            line(out, "history (ms since the test began, lane, thread, what happened):");
            history(out, test.events());
            if (test.eventsLeftOut() > 0) {
                line(out, INDENT + "... and " + test.eventsLeftOut() + " more entries");
            }
        }
        test.threadDump().ifPresent(dump -> {
            line(out, "threads when it hung:");
            dump.lines().forEach(one -> line(out, INDENT + one));
        });
    }

    private static void history(StringBuilder out, List<TckEvent> events) {
        int lane = width(events.stream().map(TckEvent::lane).toList());
        int thread = width(events.stream().map(TckEvent::thread).toList());
        for (TckEvent event : events) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "%s%9.3f  %-" + lane + "s  %-" + thread + "s  %s%s",
                            INDENT,
                            event.at().toNanos() / 1e6,
                            event.lane(),
                            event.thread(),
                            mark(event.kind()),
                            event.text()));
        }
    }

    private static String mark(TckEvent.Kind kind) {
        return switch (kind) {
            case NOTIFIED -> "-> ";
            case NOTIFIED_END -> "<- ";
            case CALL -> "call ";
            case CALL_END -> "     ";
            case HOOK -> "make ";
            case NOTE -> "note ";
        };
    }

    private static int width(List<String> texts) {
        return Math.max(
                1,
                texts.stream()
                        .map(String::length)
                        .max(Comparator.naturalOrder())
                        .orElse(1));
    }

    private static String indented(String message) {
        return message.strip().replace("\n", "\n               ");
    }

    private static long millis(Duration took) {
        return took.toMillis();
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}
