package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.Machine;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.Subject;
import io.github.offlinestate.tck.model.SubjectInfo;
import io.github.offlinestate.tck.model.TckEvent;
import io.github.offlinestate.tck.model.TckEvent.Kind;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.TestResult;
import io.github.offlinestate.tck.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run with every verdict in it, and with text that is markup, half a character, or a NUL. */
final class SampleReport {
    static final String NASTY = "<b>&amp; \"quoted\" `code` | pipe \u0000 \ud800 <script>alert(1)</script>";

    private SampleReport() {}

    static TckReport of(Map<Rule, Verdict> verdicts) {
        List<RuleResult> results = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            if (rule.subject() == Subject.PROVIDER) {
                results.add(result(rule, verdicts.getOrDefault(rule, Verdict.PASS)));
            }
        }
        return report(results);
    }

    static TckReport withEveryVerdict() {
        Map<Rule, Verdict> verdicts = new EnumMap<>(Rule.class);
        verdicts.put(Rule.NOTIFY_1, Verdict.FAIL);
        verdicts.put(Rule.NOTIFY_9, Verdict.FAIL); // a SHOULD
        verdicts.put(Rule.CAP_3, Verdict.NOT_APPLICABLE);
        verdicts.put(Rule.LOST_2, Verdict.NOT_VERIFIED);
        verdicts.put(Rule.SET_6, Verdict.EXCLUDED);
        verdicts.put(Rule.UNADVISE_3, Verdict.INCONCLUSIVE);
        verdicts.put(Rule.STATE_1, Verdict.UNTESTABLE);
        verdicts.put(Rule.CLOSE_3, Verdict.NEW);
        verdicts.put(Rule.CLOSE_4, Verdict.ERROR);
        return of(verdicts);
    }

    static TckReport report(List<RuleResult> results) {
        return new TckReport(
                "1.2.3",
                "1.0",
                new SubjectInfo(
                        Subject.PROVIDER,
                        "sample/one",
                        "com.example.SampleProvider",
                        Optional.of("4.5"),
                        NASTY,
                        "com.example.SampleFixture",
                        Optional.of("OFFLINE|ONLINE"),
                        Optional.empty()),
                new Machine("Linux 6 amd64", 2, "A JVM 17"),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(12_345),
                4_711,
                1.5,
                Optional.empty(),
                false,
                false,
                results,
                List.of("an exclusion ends soon: " + NASTY));
    }

    /** Everything fails, and has a lot to say. */
    static TckReport talkative() {
        String message = "expected [a], saw b" + " and more".repeat(100);
        List<RuleResult> results = of(Map.of()).results().stream()
                .map(result -> new RuleResult(
                        result.rule(),
                        Verdict.FAIL,
                        message,
                        List.of(new TestResult(
                                "SampleChecks.talkative",
                                Verdict.FAIL,
                                message,
                                Duration.ofMillis(7),
                                Set.of(Means.API),
                                List.of(),
                                events(),
                                0,
                                Optional.of("\"a thread\" BLOCKED\n  at x.y.Z\n".repeat(1000)))),
                        Duration.ofMillis(7),
                        "mvn test"))
                .toList();
        return report(results);
    }

    private static RuleResult result(Rule rule, Verdict verdict) {
        boolean passed = verdict == Verdict.PASS;
        String message = passed ? "kept" : "expected a, saw b\n" + NASTY;
        TestResult test = new TestResult(
                "SampleChecks.of" + rule.name(),
                verdict,
                message,
                Duration.ofMillis(7),
                Set.of(Means.API, Means.INJECTED),
                List.of("repetitions cut to 3"),
                passed ? List.of() : events(),
                passed ? 0 : 2,
                verdict == Verdict.FAIL ? Optional.of("\"a thread\" BLOCKED\n  at x.y.Z") : Optional.empty());
        return new RuleResult(
                rule,
                verdict,
                message,
                List.of(test),
                Duration.ofMillis(7),
                "mvn test -Dofflinestate.tck.rule=" + rule);
    }

    private static List<TckEvent> events() {
        return List.of(
                event(0, "kit", "tck-1", Kind.CALL, "advise(client token 7)"),
                event(120, "kit", "tck-1", Kind.CALL_END, "AdviseToken[0x1]"),
                event(200, "fixture", "tck-1", Kind.HOOK, "go OFFLINE " + NASTY),
                event(300, "A", "notifier-1", Kind.NOTIFIED, "STATECHANGE_START ONLINE -> OFFLINE"),
                event(400, "A", "notifier-1", Kind.NOTIFIED_END, "returned"),
                event(500, "A", "notifier-1", Kind.NOTIFIED, "STATECHANGE ONLINE -> OFFLINE"),
                event(550, "B", "notifier-1", Kind.NOTIFIED, "0x00000063 of a registration whose name is very long"),
                event(560, "B", "notifier-1", Kind.NOTIFIED_END, "returned"),
                event(600, "kit", "tck-1", Kind.NOTE, "DONE is missing"),
                event(700, "C", "notifier-2", Kind.NOTIFIED_END, "an end whose beginning was left out"),
                event(800, "kit", "tck-1", Kind.CALL, "close()"));
    }

    private static TckEvent event(long micros, String lane, String thread, Kind kind, String text) {
        return new TckEvent(Duration.ofNanos(micros * 1_000), lane, thread, kind, text);
    }
}
