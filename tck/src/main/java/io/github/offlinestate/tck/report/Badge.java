package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.TckReport;
import java.util.Locale;

/** The verdict as a small picture for a page. */
final class Badge {
    private static final int HEIGHT = 20;
    private static final int LETTER = 7;
    private static final int MARGIN = 12;

    private Badge() {}

    static String of(TckReport report) {
        String left = "offline-state contract " + report.contractVersion();
        String right = Facts.verdict(report).toLowerCase(Locale.ROOT);
        int leftWidth = left.length() * LETTER + MARGIN;
        int rightWidth = right.length() * LETTER + MARGIN;
        Markup svg = Markup.fragment();
        svg.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "width",
                Integer.toString(leftWidth + rightWidth),
                "height",
                Integer.toString(HEIGHT),
                "role",
                "img",
                "aria-label",
                left + ": " + right);
        svg.element("title", left + ": " + right);
        box(svg, 0, leftWidth, "#444");
        box(svg, leftWidth, rightWidth, Colours.of(report.conclusion().overall()));
        label(svg, left, leftWidth / 2);
        label(svg, right, leftWidth + rightWidth / 2);
        return svg.close() + "\n";
    }

    private static void box(Markup svg, int from, int width, String colour) {
        svg.empty(
                "rect",
                "x",
                Integer.toString(from),
                "width",
                Integer.toString(width),
                "height",
                Integer.toString(HEIGHT),
                "fill",
                colour);
    }

    private static void label(Markup svg, String text, int middle) {
        svg.element(
                "text",
                text,
                "x",
                Integer.toString(middle),
                "y",
                "14",
                "text-anchor",
                "middle",
                "font-family",
                "Verdana,DejaVu Sans,sans-serif",
                "font-size",
                "11",
                "fill",
                "#fff");
    }
}
