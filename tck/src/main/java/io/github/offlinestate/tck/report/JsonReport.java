package io.github.offlinestate.tck.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.offlinestate.tck.model.Conclusion;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckEvent;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.TestResult;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** A run as one JSON document; its schema is in docs/tck-reports.md. */
public final class JsonReport {
    /** The version of the schema: a reader of an older one understands what it knows. */
    static final int SCHEMA = 1;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private JsonReport() {}

    /**
     * The document.
     *
     * @param report what was found out
     * @return JSON, ended by a line feed
     */
    public static String of(TckReport report) {
        JsonObject root = new JsonObject();
        root.addProperty("schema", SCHEMA);
        root.addProperty("kit", report.kitVersion());
        root.addProperty("contract", report.contractVersion());
        root.add("subject", subject(report));
        root.add("conclusion", conclusion(report.conclusion()));
        root.add("documentedConclusion", conclusion(report.documentedConclusion()));
        root.addProperty("passed", report.passed());
        root.addProperty("strict", report.strict());
        add(root, "basis", report.basis().map(basis -> basis.name().toLowerCase(Locale.ROOT)));
        root.addProperty("seed", report.seed());
        root.addProperty("patience", report.patience());
        root.addProperty("started", report.started().toString());
        root.addProperty("seconds", report.took().toNanos() / 1e9);
        JsonObject machine = new JsonObject();
        machine.addProperty("operatingSystem", report.machine().operatingSystem());
        machine.addProperty("cores", report.machine().cores());
        machine.addProperty("java", report.machine().java());
        root.add("machine", machine);
        root.add("notes", strings(report.notes()));
        JsonArray rules = new JsonArray();
        report.results().forEach(result -> rules.add(rule(result)));
        root.add("rules", rules);
        return GSON.toJson(root) + "\n";
    }

    private static JsonObject subject(TckReport report) {
        JsonObject subject = new JsonObject();
        subject.addProperty("kind", report.subject().kind().name());
        subject.addProperty("name", report.subject().name());
        subject.addProperty("class", report.subject().className());
        add(subject, "version", report.subject().version());
        subject.addProperty("profile", report.subject().profile());
        subject.addProperty("fixture", report.subject().fixture());
        add(subject, "capabilities", report.subject().capabilities());
        add(subject, "unavailable", report.subject().unavailable());
        return subject;
    }

    private static JsonObject conclusion(Conclusion conclusion) {
        JsonObject json = new JsonObject();
        json.addProperty("verdict", conclusion.overall().name());
        json.add("reasons", strings(conclusion.reasons()));
        json.add(
                "means",
                strings(conclusion.means().stream().sorted().map(Means::name).toList()));
        return json;
    }

    private static JsonObject rule(RuleResult result) {
        JsonObject json = new JsonObject();
        json.addProperty("rule", result.rule().id());
        json.addProperty("level", result.rule().level().name());
        json.addProperty("basis", result.rule().basis().name().toLowerCase(Locale.ROOT));
        json.addProperty("verdict", result.verdict().name());
        json.addProperty("message", result.message());
        json.addProperty("seconds", result.took().toNanos() / 1e9);
        json.add("means", strings(result.means().stream().map(Means::name).toList()));
        JsonArray tests = new JsonArray();
        result.tests().forEach(test -> tests.add(test(test)));
        json.add("tests", tests);
        json.addProperty("reproduce", result.reproduce());
        return json;
    }

    private static JsonObject test(TestResult test) {
        JsonObject json = new JsonObject();
        json.addProperty("test", test.name());
        json.addProperty("verdict", test.verdict().name());
        json.addProperty("message", test.message());
        json.addProperty("seconds", test.took().toNanos() / 1e9);
        json.add("notes", strings(test.notes()));
        JsonArray events = new JsonArray();
        test.events().forEach(event -> events.add(event(event)));
        json.add("events", events);
        json.addProperty("eventsLeftOut", test.eventsLeftOut());
        add(json, "threadDump", test.threadDump());
        return json;
    }

    private static JsonObject event(TckEvent event) {
        JsonObject json = new JsonObject();
        json.addProperty("milliseconds", event.at().toNanos() / 1e6);
        json.addProperty("lane", event.lane());
        json.addProperty("thread", event.thread());
        json.addProperty("kind", event.kind().name());
        json.addProperty("text", event.text());
        return json;
    }

    private static void add(JsonObject json, String name, Optional<String> value) {
        json.add(name, value.map(JsonPrimitive::new).orElse(null));
    }

    private static JsonArray strings(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
