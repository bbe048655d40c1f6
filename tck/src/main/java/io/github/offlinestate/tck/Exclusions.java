package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Level;
import io.github.offlinestate.tck.model.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that a run leaves out for a while. The file has a line for each: rule, last day, owner and reason,
 * separated by {@code |}; empty lines and lines that begin with {@code #} are left alone:
 *
 * <pre>{@code
 * # rule     | last day   | owner | reason
 * NOTIFY-11  | 2027-03-31 | jane  | the driver drops what it cannot queue before version 4
 * }</pre>
 */
final class Exclusions {
    /** How long before its last day an exclusion is warned of. */
    static final int WARN_DAYS = 30;

    /** What some editors on Windows begin a file with. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static final Exclusions NONE = new Exclusions(Map.of());

    private final Map<Rule, Exclusion> byRule;

    private Exclusions(Map<Rule, Exclusion> byRule) {
        this.byRule = byRule;
    }

    record Exclusion(Rule rule, LocalDate lastDay, String owner, String reason) {
        boolean isExpired(LocalDate today) {
            return today.isAfter(lastDay);
        }

        boolean expiresSoon(LocalDate today) {
            return !isExpired(today) && !today.plusDays(WARN_DAYS).isBefore(lastDay);
        }

        @Override
        public String toString() {
            return reason + " (owner " + owner + ", until " + lastDay + ")";
        }
    }

    static Exclusions read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("the exclusions file " + file + " cannot be read: " + e, e);
        }
        Map<Rule, Exclusion> found = new EnumMap<>(Rule.class);
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).replace(BYTE_ORDER_MARK, "").strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Exclusion exclusion = parse(line, file + ":" + number);
                if (found.put(exclusion.rule(), exclusion) != null) {
                    throw new IllegalArgumentException(
                            file + ":" + number + ": " + exclusion.rule() + " is excluded twice");
                }
            }
        }
        return new Exclusions(found);
    }

    private static Exclusion parse(String line, String where) {
        String[] parts = line.split("\\|", 4);
        if (parts.length < 4) {
            throw new IllegalArgumentException(
                    where + ": '" + line + "' was found, 'RULE | YYYY-MM-DD | owner | reason' was expected");
        }
        Rule rule = Rule.of(parts[0])
                .orElseThrow(
                        () -> new IllegalArgumentException(where + ": the contract has no rule " + parts[0].strip()));
        if (rule.level() != Level.MUST) {
            throw new IllegalArgumentException(
                    where + ": " + rule + " is a " + rule.level() + ", which fails no run: it need not be left out");
        }
        String owner = parts[2].strip();
        String reason = parts[3].strip();
        if (owner.isEmpty() || reason.isEmpty()) {
            throw new IllegalArgumentException(where + ": an exclusion has an owner and a reason");
        }
        try {
            return new Exclusion(rule, LocalDate.parse(parts[1].strip()), owner, reason);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    where + ": '" + parts[1].strip() + "' was found, a date as 2027-03-31 was expected", e);
        }
    }

    Optional<Exclusion> of(Rule rule) {
        return Optional.ofNullable(byRule.get(rule));
    }
}
