package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.TckEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws a test's history: a lane for each registration, or for each thread. A bar is as long as what it stands for took;
 * what took no time is the thinnest one.
 */
final class Timeline {
    private static final int LANE = 26;
    private static final int BAR = 14;
    private static final int NAMES = 190;
    private static final int INSET = 5;
    private static final int WIDTH = 1_000;
    private static final int AXIS = 24;
    /** So that a call of a microsecond is still seen. */
    private static final double THINNEST = 3;

    private static final Map<String, String> LEGEND = new LinkedHashMap<>();

    static {
        LEGEND.put("start", "START");
        LEGEND.put("change", "STATECHANGE");
        LEGEND.put("done", "DONE");
        LEGEND.put("other", "another notification");
        LEGEND.put("call", "a call of the provider");
        LEGEND.put("hook", "made to happen");
        LEGEND.put("note", "a remark");
        LEGEND.put("open", "no end seen");
    }

    /** How long a lane's name may be before it is cut. */
    private static final int LONGEST_NAME = 26;

    private final Markup html;
    private final List<Span> spans;
    private final double from;
    private final double length;

    /** Something that began and, where it is known, ended. */
    private record Span(TckEvent begin, @Nullable TckEvent end) {
        String title() {
            return String.format(
                            Locale.ROOT,
                            "%.3f ms  %s  [%s, %s]",
                            millis(begin),
                            begin.text(),
                            begin.lane(),
                            begin.thread())
                    + (end == null ? "" : String.format(Locale.ROOT, "%nuntil %.3f ms  %s", millis(end), end.text()));
        }
    }

    private Timeline(Markup html, List<TckEvent> events) {
        this.html = html;
        this.spans = spans(events);
        this.from = millis(events.get(0));
        this.length = Math.max(0.001, millis(events.get(events.size() - 1)) - from);
    }

    static void draw(Markup html, List<TckEvent> events) {
        Timeline timeline = new Timeline(html, events);
        timeline.draw("by registration", TckEvent::lane);
        timeline.draw("by thread", TckEvent::thread);
        timeline.legend();
    }

    private void legend() {
        html.open("p", "class", "legend");
        LEGEND.forEach(
                (look, text) -> html.element("span", "", "class", "key " + look).text(" " + text + "  "));
        html.close();
    }

    private static List<Span> spans(List<TckEvent> events) {
        Map<String, Deque<Integer>> open = new HashMap<>();
        List<Span> spans = new ArrayList<>();
        for (TckEvent event : events) {
            String key =
                    switch (event.kind()) {
                        case NOTIFIED, NOTIFIED_END -> "n " + event.thread() + " " + event.lane();
                        case CALL, CALL_END -> "c " + event.thread();
                        case HOOK, NOTE -> "";
                    };
            switch (event.kind()) {
                case NOTIFIED, CALL -> {
                    open.computeIfAbsent(key, any -> new ArrayDeque<>()).push(spans.size());
                    spans.add(new Span(event, null));
                }
                case NOTIFIED_END, CALL_END -> {
                    Integer begun =
                            open.computeIfAbsent(key, any -> new ArrayDeque<>()).poll();
                    if (begun == null) {
                        spans.add(new Span(event, event));
                    } else {
                        spans.set(begun, new Span(spans.get(begun).begin(), event));
                    }
                }
                case HOOK, NOTE -> spans.add(new Span(event, event));
            }
        }
        return spans;
    }

    private void draw(String caption, Function<TckEvent, String> laneOf) {
        List<String> lanes = spans.stream()
                .map(span -> laneOf.apply(span.begin()))
                .distinct()
                .toList();
        int height = lanes.size() * LANE + AXIS;
        html.open("figure", "class", "timeline").element("figcaption", caption);
        html.open("svg", "viewBox", "0 0 " + (NAMES + WIDTH + 10) + " " + height, "role", "img", "aria-label", caption);
        for (int i = 0; i < lanes.size(); i++) {
            double middle = i * LANE + LANE / 2.0;
            html.empty(
                    "line",
                    "x1",
                    number(NAMES),
                    "x2",
                    number(NAMES + WIDTH),
                    "y1",
                    number(middle),
                    "y2",
                    number(middle),
                    "class",
                    "lane");
            html.open("text", "x", number(INSET), "y", number(middle + 4));
            html.text(cut(lanes.get(i))).element("title", lanes.get(i)).close();
        }
        for (Span span : spans) {
            draw(span, lanes.indexOf(laneOf.apply(span.begin())));
        }
        html.element("text", String.format(Locale.ROOT, "%.3f ms", from), "x", number(NAMES), "y", number(height - 6));
        html.element(
                "text",
                String.format(Locale.ROOT, "%.3f ms", from + length),
                "x",
                number(NAMES + WIDTH),
                "y",
                number(height - 6),
                "text-anchor",
                "end");
        html.close().close();
    }

    private void draw(Span span, int lane) {
        double x = place(millis(span.begin()));
        TckEvent end = span.end();
        double until = end == null ? NAMES + WIDTH : place(millis(end));
        String look =
                switch (span.begin().kind()) {
                    case NOTIFIED, NOTIFIED_END ->
                        "notified " + phase(span.begin().text());
                    case CALL, CALL_END -> "call";
                    case HOOK -> "hook";
                    case NOTE -> "note";
                };
        html.open(
                "rect",
                "x",
                number(x),
                "y",
                number(lane * LANE + (LANE - BAR) / 2.0),
                "width",
                number(Math.max(THINNEST, until - x)),
                "height",
                number(BAR),
                "class",
                look + (end == null ? " open" : ""));
        html.element("title", span.title()).close();
    }

    private double place(double millis) {
        return NAMES + (millis - from) / length * WIDTH;
    }

    private static String phase(String text) {
        if (text.contains("STATECHANGE_START")) {
            return "start";
        }
        if (text.contains("STATECHANGE_DONE")) {
            return "done";
        }
        return text.contains("STATECHANGE") ? "change" : "other";
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "\u2026";
    }

    private static double millis(TckEvent event) {
        return event.at().toNanos() / 1e6;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
