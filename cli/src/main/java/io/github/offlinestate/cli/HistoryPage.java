package io.github.offlinestate.cli;

import io.github.offlinestate.Connectivity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A page about recordings that needs nothing but itself: no scripts, no other files. */
final class HistoryPage {
    /** The drawing's width in its own units; the browser stretches it. */
    private static final double WIDTH = 1_000;

    private static final int MOST_ROWS = 500;

    /** Into how many parts the time scale is divided. */
    private static final int PARTS = 4;

    private final DateTimeFormatter clock;
    private final DateTimeFormatter hour;
    private final DateTimeFormatter day;
    private final StringBuilder out = new StringBuilder();

    private HistoryPage(ZoneId zone) {
        clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
        hour = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
        day = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(zone);
    }

    /**
     * Makes a page.
     *
     * @param title what it is about
     * @param recordings what it shows
     * @param zone whose clock it shows
     * @return HTML
     */
    static String of(String title, List<Recording> recordings, ZoneId zone) {
        HistoryPage page = new HistoryPage(zone);
        for (Recording recording : recordings) {
            page.section(recording);
        }
        return template()
                .replace("{{flap}}", Durations.text(Recording.FLAP))
                .replace("{{title}}", escaped(title))
                .replace("{{recordings}}", page.out);
    }

    private static String template() {
        try (InputStream in = HistoryPage.class.getResourceAsStream("history.html")) {
            return new String(Objects.requireNonNull(in, "history.html").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void section(Recording recording) {
        String name = recording.provider() + "/" + recording.profile();
        out.append("<section>\n<h2>").append(escaped(name)).append("</h2>\n");
        out.append("<figure>\n<svg viewBox=\"0 0 1000 40\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
                .append(escaped("Timeline of " + name + ", " + Text.counted(recording.changes(), "change")))
                .append("\">\n");
        ticks(); // behind the rest, or they would look like flaps
        for (Recording.Stretch stretch : recording.stretches()) {
            draw(recording, stretch);
        }
        out.append("</svg>\n");
        scale(recording);
        out.append("</figure>\n");
        summary(recording);
        list(recording);
        out.append("</section>\n");
    }

    private void draw(Recording recording, Recording.Stretch stretch) {
        double begin = at(recording, stretch.from());
        double width = Math.max(0.5, at(recording, stretch.to()) - begin);
        String state = stretch.state().name().toLowerCase(Locale.ROOT);
        String place =
                switch (stretch.state()) {
                    case ONLINE -> "y=\"2\" height=\"16\"";
                    case OFFLINE -> "y=\"18\" height=\"16\"";
                    case UNKNOWN -> "y=\"12\" height=\"12\"";
                };
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.2f\" width=\"%.2f\" %s><title>%s</title></rect>%n",
                state,
                begin,
                width,
                place,
                escaped(described(stretch))));
        if (stretch.isFlap()) {
            out.append(String.format(
                    Locale.ROOT, "<rect class=\"flap\" x=\"%.2f\" width=\"1.5\" y=\"36\" height=\"4\"/>%n", begin));
        }
    }

    private void ticks() {
        for (int part = 1; part < PARTS; part++) {
            out.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"tick\" x=\"%.2f\" width=\"1\" y=\"0\" height=\"40\"/>%n",
                    WIDTH * part / PARTS));
        }
    }

    private void scale(Recording recording) {
        Duration all = Duration.between(recording.from(), recording.to());
        DateTimeFormatter middle = all.compareTo(Duration.ofDays(1)) > 0 ? day : hour;
        out.append("<div class=\"scale\">");
        for (int part = 0; part <= PARTS; part++) {
            Instant time = recording.from().plus(all.multipliedBy(part).dividedBy(PARTS));
            boolean atAnEnd = part == 0 || part == PARTS;
            out.append(String.format(
                    Locale.ROOT,
                    "<span%s style=\"left:%d%%\">%s</span>",
                    atAnEnd ? "" : " class=\"middle\"",
                    100 * part / PARTS,
                    (atAnEnd ? clock : middle).format(time)));
        }
        out.append("</div>\n");
    }

    private static double at(Recording recording, Instant time) {
        double all = Duration.between(recording.from(), recording.to()).toNanos();
        return all == 0 ? 0 : WIDTH * Duration.between(recording.from(), time).toNanos() / all;
    }

    private String described(Recording.Stretch stretch) {
        return stretch.state() + " from " + clock.format(stretch.from()) + " for " + Durations.text(stretch.length());
    }

    private void summary(Recording recording) {
        out.append("<table>\n<caption>")
                .append(Durations.text(recording.recorded()))
                .append(" recorded, ")
                .append(Text.counted(recording.changes(), "change"))
                .append(", ")
                .append(Text.counted(recording.flaps(), "flap"))
                .append("</caption>\n<tr><th>state<th>share<th>time<th>times<th>longest</tr>\n");
        for (Connectivity state : Connectivity.values()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td>%.1f&nbsp;%%<td>%s<td>%d<td>%s</tr>%n",
                    state,
                    HistoryCommand.share(recording, state),
                    Durations.text(recording.time(state)),
                    recording.in(state).size(),
                    Durations.text(recording.longest(state))));
        }
        out.append("</table>\n");
    }

    private void list(Recording recording) {
        List<Recording.Stretch> stretches = recording.stretches();
        int rows = Math.min(MOST_ROWS, stretches.size());
        out.append("<details><summary>All of it</summary>\n<table>\n<tr><th>from<th>state<th>for</tr>\n");
        for (Recording.Stretch stretch : stretches.subList(0, rows)) {
            out.append("<tr><td>")
                    .append(clock.format(stretch.from()))
                    .append("<td>")
                    .append(stretch.state())
                    .append("<td>")
                    .append(Durations.text(stretch.length()))
                    .append("</tr>\n");
        }
        out.append("</table>\n");
        if (rows < stretches.size()) {
            out.append("<p>and ").append(stretches.size() - rows).append(" more</p>\n");
        }
        out.append("</details>\n");
    }

    private static String escaped(String text) {
        return Text.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
