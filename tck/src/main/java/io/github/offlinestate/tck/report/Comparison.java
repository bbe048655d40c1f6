package io.github.offlinestate.tck.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has changed from one run to another.
 *
 * @param broken rules that were kept, or not judged, and are broken now
 * @param noLongerShown rules that were kept, and of which the later run cannot tell
 * @param repaired rules that were broken and are kept now
 * @param changed rules whose verdict has changed otherwise, or that are in one of the runs only
 * @param before the earlier run's verdict as a whole
 * @param after the later run's verdict as a whole
 * @param notes why the two may not be worth comparing: of different providers, of different versions of the contract, in
 *     the wrong order
 */
public record Comparison(
        List<Change> broken,
        List<Change> noLongerShown,
        List<Change> repaired,
        List<Change> changed,
        String before,
        String after,
        List<String> notes) {
    private static final String KEPT = "PASS";
    private static final String ABSENT = "not run";

    /** In these a rule may be broken by now, unseen. */
    private static final Set<String> NOT_SHOWN = Set.of("NOT_VERIFIED", "EXCLUDED", "INCONCLUSIVE", ABSENT);

    private enum Kind {
        BROKEN,
        NO_LONGER_SHOWN,
        REPAIRED,
        OTHER
    }

    /** Copied where it is made. */
    public Comparison {
        broken = List.copyOf(broken);
        noLongerShown = List.copyOf(noLongerShown);
        repaired = List.copyOf(repaired);
        changed = List.copyOf(changed);
        notes = List.copyOf(notes);
    }

    /**
     * A rule whose verdict has changed.
     *
     * @param rule the rule's id
     * @param level MUST or SHOULD
     * @param before the verdict in the earlier run
     * @param after the verdict in the later run
     * @param message why, in the later run
     */
    public record Change(String rule, String level, String before, String after, String message) {
        @Override
        public String toString() {
            return rule + " " + level + " " + before + " -> " + after + (message.isEmpty() ? "" : ": " + message);
        }
    }

    /**
     * Compares two JSON reports of the kit.
     *
     * @param earlier the file of the earlier run
     * @param later the file of the later run
     * @return what has changed
     * @throws IOException where a file cannot be read, or is no report of the kit; the message says which and why
     */
    public static Comparison of(Path earlier, Path later) throws IOException {
        JsonObject before = read(earlier);
        JsonObject after = read(later);
        Map<String, JsonObject> rulesBefore = rules(before, earlier);
        Map<String, JsonObject> rulesAfter = rules(after, later);
        List<Change> changes = new ArrayList<>();
        Map<String, JsonObject> all = new LinkedHashMap<>(rulesBefore);
        all.putAll(rulesAfter);
        all.forEach((id, rule) -> {
            Change change = new Change(
                    id,
                    text(rule, "level"),
                    verdict(rulesBefore.get(id)),
                    verdict(rulesAfter.get(id)),
                    rulesAfter.containsKey(id) ? Facts.firstLine(text(rule, "message")) : "");
            if (!change.before().equals(change.after())) {
                changes.add(change);
            }
        });
        return new Comparison(
                only(Kind.BROKEN, changes),
                only(Kind.NO_LONGER_SHOWN, changes),
                only(Kind.REPAIRED, changes),
                only(Kind.OTHER, changes),
                overall(before),
                overall(after),
                notes(before, after));
    }

    private static List<String> notes(JsonObject before, JsonObject after) {
        List<String> notes = new ArrayList<>();
        if (!provider(before).equals(provider(after))) {
            notes.add("these are of different providers: " + provider(before) + " and " + provider(after));
        }
        if (!text(before, "contract").equals(text(after, "contract"))) {
            notes.add("these are of different versions of the contract: " + text(before, "contract") + " and "
                    + text(after, "contract"));
        }
        if (started(before).isAfter(started(after))) {
            notes.add("the first one is of the later run: " + started(before) + " and " + started(after));
        }
        return notes;
    }

    private static String provider(JsonObject report) {
        return text(report.getAsJsonObject("subject"), "name");
    }

    private static Instant started(JsonObject report) {
        return Instant.parse(text(report, "started"));
    }

    private static List<Change> only(Kind kind, List<Change> changes) {
        return changes.stream().filter(change -> kind(change) == kind).toList();
    }

    private static Kind kind(Change change) {
        boolean wasBroken = isBroken(change.before());
        if (isBroken(change.after())) {
            return wasBroken ? Kind.OTHER : Kind.BROKEN;
        }
        if (change.before().equals(KEPT) && NOT_SHOWN.contains(change.after())) {
            return Kind.NO_LONGER_SHOWN;
        }
        return wasBroken && change.after().equals(KEPT) ? Kind.REPAIRED : Kind.OTHER;
    }

    private static boolean isBroken(String verdict) {
        return verdict.equals("FAIL") || verdict.equals("ERROR");
    }

    private static String verdict(@Nullable JsonObject rule) {
        return rule == null ? ABSENT : text(rule, "verdict");
    }

    private static String overall(JsonObject report) {
        return text(report.getAsJsonObject("conclusion"), "verdict");
    }

    private static JsonObject read(Path file) throws IOException {
        try {
            JsonObject report = JsonParser.parseString(Files.readString(file, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            int schema = report.get("schema").getAsInt();
            if (schema > JsonReport.SCHEMA) {
                throw new IOException(file + " has schema " + schema + ", this kit reads up to " + JsonReport.SCHEMA
                        + "; compare with the newer kit");
            }
            overall(report);
            notes(report, report);
            return report;
        } catch (RuntimeException | CharacterCodingException e) { // what is missing or of another type throws various
            throw notAReport(file, e);
        }
    }

    private static Map<String, JsonObject> rules(JsonObject report, Path file) throws IOException {
        try {
            Map<String, JsonObject> rules = new LinkedHashMap<>();
            for (JsonElement rule : report.getAsJsonArray("rules")) {
                JsonObject object = rule.getAsJsonObject();
                rules.put(text(object, "rule"), object);
                verdict(object);
                text(object, "level");
                text(object, "message");
            }
            return rules;
        } catch (RuntimeException e) {
            throw notAReport(file, e);
        }
    }

    private static IOException notAReport(Path file, Exception cause) {
        return new IOException(
                file + " is not a JSON report of the kit: one that offline-state tck --report wrote was expected",
                cause);
    }

    private static String text(JsonObject object, String name) {
        JsonPrimitive value = object.getAsJsonPrimitive(name);
        if (!value.isString()) {
            throw new IllegalStateException(name + " is no text: " + value);
        }
        return value.getAsString();
    }
}
