package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Basis;
import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.RuleText;
import io.github.offlinestate.tck.model.TckEvent;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.TestResult;
import io.github.offlinestate.tck.model.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A run as one page that needs nothing else: the verdict first, a matrix of the rules, each rule with what its tests
 * have shown, and for what went wrong its history as a drawing and as a list. Without scripts only the filter is gone.
 */
final class HtmlReport {
    private final Markup html = Markup.html();
    private final TckReport report;

    private HtmlReport(TckReport report) {
        this.report = report;
    }

    static String of(TckReport report) {
        HtmlReport page = new HtmlReport(report);
        page.write();
        return page.html.toString();
    }

    private void write() {
        html.open("html", "lang", "en").line().open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        html.element("title", Facts.verdict(report) + ": " + report.subject().name())
                .line();
        html.element("style", resource("report.css")).close().line();
        html.open("body").line();
        verdict();
        matrix();
        filter();
        section(
                "To be looked at",
                report.results().stream().filter(Facts::isTrouble).toList());
        Facts.byArea(report)
                .forEach((area, results) -> section(
                        area,
                        results.stream()
                                .filter(result -> !Facts.isTrouble(result))
                                .toList()));
        notes();
        run();
        html.element("script", resource("report.js")).line();
        html.close().close();
    }

    private void verdict() {
        html.open(
                "header",
                "class",
                "overall " + word(report.conclusion().overall().name()));
        html.element("h1", Facts.verdict(report));
        html.element(
                "p", report.subject().name() + ", profile \"" + report.subject().profile() + "\"", "class", "who");
        html.close().line();
        html.open("section", "class", "conclusions");
        for (Map.Entry<String, Conclusion> each : Facts.conclusions(report).entrySet()) {
            Conclusion conclusion = each.getValue();
            html.open("div");
            html.open("p")
                    .element("strong", conclusion.overall().label())
                    .text(" for " + each.getKey())
                    .close();
            if (!conclusion.reasons().isEmpty()) {
                html.open("ul");
                conclusion.reasons().forEach(reason -> html.element("li", reason));
                html.close();
            }
            html.close();
        }
        html.element("p", Facts.countsInWords(report.results()));
        html.element("p", "Made to happen: " + Facts.means(report));
        html.close().line();
    }

    private void matrix() {
        html.open("section", "class", "matrix").element("h2", "Rules");
        Facts.byArea(report).forEach((area, results) -> {
            html.open("div", "class", "row").element("span", area, "class", "area");
            for (RuleResult result : results) {
                html.element(
                        "a",
                        result.rule().id().substring(area.length() + 1),
                        "href",
                        "#" + result.rule().id(),
                        "class",
                        "cell " + word(result.verdict().name()),
                        "title",
                        result.rule() + " " + result.rule().level() + ": "
                                + result.verdict().label());
            }
            html.close().line();
        });
        html.open("p", "class", "legend");
        Facts.counts(report.results())
                .forEach((verdict, count) -> html.element(
                                "span", verdict.label(), "class", "cell " + word(verdict.name()))
                        .text(" " + count + " "));
        html.close().close().line();
    }

    private void filter() {
        html.open("form", "class", "filter", "hidden", "hidden");
        html.open("label").text("Show ");
        html.open("select", "id", "verdict");
        html.element("option", "all verdicts", "value", "");
        for (Verdict verdict : Facts.counts(report.results()).keySet()) {
            html.element("option", verdict.label(), "value", word(verdict.name()));
        }
        html.close().close();
        html.open("label").text(" with ");
        html.empty("input", "id", "words", "type", "search", "placeholder", "words in rule or message")
                .close();
        html.close().line();
    }

    private void section(String title, List<RuleResult> results) {
        if (!results.isEmpty()) {
            html.open("section", "class", "rules").element("h2", title).line();
            results.forEach(this::rule);
            html.close().line();
        }
    }

    private void rule(RuleResult result) {
        RuleText text = result.rule().text();
        String verdict = word(result.verdict().name());
        String[] attributes = {"id", result.rule().id(), "class", "rule " + verdict};
        html.open("details", Facts.isTrouble(result) ? with(attributes, "open", "open") : attributes);
        html.open("summary");
        html.element("span", result.verdict().label(), "class", "cell " + verdict);
        html.text(" ").element("strong", result.rule().id()).text(" " + text.level() + " ");
        html.element("span", text.statement(), "class", "statement");
        html.close().line();
        html.element("p", result.message(), "class", "message");
        html.open("dl");
        html.element("dt", "source").open("dd");
        if (text.basis() == Basis.REFERENCE && text.source().isPresent()) {
            html.element(
                    "a",
                    text.source().get().title(),
                    "href",
                    text.source().get().url());
        } else {
            html.text("decision of this project");
        }
        html.close();
        if (Facts.isTrouble(result)) {
            text.lookFirstAt().ifPresent(look -> pair("look first at", look));
        }
        if (!result.means().isEmpty()) {
            pair("made happen", result.means().stream().map(Means::label).collect(Collectors.joining(", ")));
        }
        html.element("dt", "reproduce")
                .open("dd")
                .element("code", result.reproduce())
                .close();
        html.close().line();
        result.tests().forEach(test -> test(test, result.message()));
        html.close().line();
    }

    private void test(TestResult test, String said) {
        html.open("div", "class", "test");
        html.open("p").element("code", test.name());
        html.text(" " + test.verdict().label() + ", " + Facts.seconds(test.took()))
                .close();
        test.notes().forEach(note -> html.element("p", note));
        if (!test.events().isEmpty()) {
            if (!test.message().equals(said)) {
                html.element("p", test.message(), "class", "message");
            }
            Timeline.draw(html, test.events());
            history(test);
        }
        test.threadDump()
                .ifPresent(dump -> html.open("details")
                        .element("summary", "The threads when it hung")
                        .element("pre", dump)
                        .close());
        html.close().line();
    }

    private void history(TestResult test) {
        html.open("details").element("summary", "The history, " + test.events().size() + " entries");
        html.open("table").open("tr");
        List.of("ms", "lane", "thread", "", "what").forEach(head -> html.element("th", head));
        html.close().line();
        for (TckEvent event : test.events()) {
            html.open("tr", "class", word(event.kind().name()));
            html.element("td", String.format(Locale.ROOT, "%.3f", event.at().toNanos() / 1e6), "class", "number");
            html.element("td", event.lane()).element("td", event.thread());
            html.element("td", event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            html.element("td", event.text()).close().line();
        }
        html.close();
        if (test.eventsLeftOut() > 0) {
            html.element("p", "and " + test.eventsLeftOut() + " more entries, left out");
        }
        html.close();
    }

    private void notes() {
        if (!report.notes().isEmpty()) {
            html.open("section").element("h2", "Notes").open("ul");
            report.notes().forEach(note -> html.element("li", note));
            html.close().close().line();
        }
    }

    private void run() {
        html.open("section").element("h2", "The run").open("dl", "class", "run");
        Facts.run(report).forEach(this::pair);
        html.close().close().line();
    }

    private void pair(String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    private static String[] with(String[] attributes, String name, String value) {
        String[] all = Arrays.copyOf(attributes, attributes.length + 2);
        all[attributes.length] = name;
        all[attributes.length + 1] = value;
        return all;
    }

    /** A constant's name as a class of the style sheet. */
    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String resource(String name) {
        try (InputStream file = HtmlReport.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing beside " + HtmlReport.class.getName());
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
