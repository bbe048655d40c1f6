package io.github.offlinestate.sim;

import io.github.offlinestate.sim.YamlNode.Entry;
import io.github.offlinestate.sim.YamlNode.Mapping;
import io.github.offlinestate.sim.YamlNode.Scalar;
import io.github.offlinestate.sim.YamlNode.Sequence;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a mapping by their keys. Whatever is not as expected becomes a problem, and reading goes on, so that all
 * problems of a file are told at once.
 */
final class Fields {
    private static final String DURATION =
            "a duration as 1h30m, 45s or 250ms (d, h, m, s, ms in this order, at most 366d)";
    private static final long UNSIGNED_LIMIT = 1L << 32;

    private final Mapping mapping;
    private final Problems problems;

    private Fields(Mapping mapping, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    /** The fields of a mapping that has no other keys than these; empty where it is no mapping. */
    static Optional<Fields> of(YamlNode node, String what, List<String> allowed, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            problems.at(node, "found " + node.found() + ", expected " + what + " with some of the keys " + allowed);
            return Optional.empty();
        }
        for (Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!allowed.contains(key)) {
                problems.at(
                        entry.key(),
                        "found the key " + entry.key().found() + ", expected in " + what + " one of " + allowed
                                + Suggestion.of(key, allowed));
            }
        }
        return Optional.of(new Fields(mapping, problems));
    }

    Mapping mapping() {
        return mapping;
    }

    @Nullable
    YamlNode get(String key) {
        Entry entry = entry(key);
        return entry == null ? null : entry.value();
    }

    private @Nullable Entry entry(String key) {
        for (Entry entry : mapping.entries()) {
            if (entry.key().text().equals(key)) {
                return entry;
            }
        }
        return null;
    }

    /** Says that a key is out of place, where it is there. */
    void refuseKey(String key, String message) {
        Entry entry = entry(key);
        if (entry != null) {
            problems.at(entry.key(), "found '" + key + "' " + message);
        }
    }

    /** Says that the value of a key is not as expected, where it is there. */
    void refuseValue(String key, String expected) {
        Entry entry = entry(key);
        if (entry != null) {
            problems.at(entry.value(), "found " + entry.value().found() + ", expected " + expected);
        }
    }

    /** A value that has to be there. */
    @Nullable
    YamlNode require(String key, String what) {
        YamlNode value = get(key);
        if (value == null) {
            problems.at(mapping, "found " + what + " without the key '" + key + "', which it has to have");
        }
        return value;
    }

    Optional<String> text(String key) {
        return scalar(key, "a text", text -> text.isBlank() ? Optional.empty() : Optional.of(text));
    }

    Optional<Duration> duration(String key) {
        return scalar(key, DURATION, Durations::parse);
    }

    Optional<Duration> duration(YamlNode node) {
        return scalar(node, DURATION, Durations::parse);
    }

    Optional<Long> wholeNumber(String key, long least, long most) {
        return scalar(key, "a whole number from " + least + " to " + most, text -> {
            try {
                long number = Long.parseLong(text);
                return number >= least && number <= most ? Optional.of(number) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    Optional<Double> number(String key, double least, double most) {
        return scalar(key, "a number from " + least + " to " + most, text -> {
            try {
                double number = Double.parseDouble(text);
                return number >= least && number <= most ? Optional.of(number) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    Optional<Integer> unsigned(String key) {
        return scalar(key, "32 bits, as 17 or 0x00000011", text -> {
            try {
                long number = text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
                return number >= 0 && number < UNSIGNED_LIMIT ? Optional.of((int) number) : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    Optional<Instant> moment(String key) {
        return scalar(key, "a moment as 2026-03-02T05:30:00Z", text -> {
            try {
                Instant moment = OffsetDateTime.parse(text).toInstant();
                return Optional.of(moment);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    Optional<Boolean> yesOrNo(String key) {
        return oneOf(key, Map.of("true", true, "false", false));
    }

    /** One of some words. */
    <T> Optional<T> oneOf(String key, Map<String, T> words) {
        YamlNode node = get(key);
        return node == null ? Optional.empty() : oneOf(node, words);
    }

    <T> Optional<T> oneOf(YamlNode node, Map<String, T> words) {
        Set<String> sorted = new TreeSet<>(words.keySet());
        String suggestion =
                node instanceof Scalar scalar && !scalar.isNothing() ? Suggestion.of(scalar.text(), sorted) : "";
        return scalar(node, "one of " + sorted + suggestion, text -> Optional.ofNullable(words.get(text)));
    }

    private <T> Optional<T> scalar(String key, String expected, Function<String, Optional<T>> read) {
        YamlNode node = get(key);
        return node == null ? Optional.empty() : scalar(node, expected, read);
    }

    private <T> Optional<T> scalar(YamlNode node, String expected, Function<String, Optional<T>> read) {
        if (node instanceof Scalar scalar && !scalar.isNothing()) {
            Optional<T> value = read.apply(scalar.text());
            if (value.isPresent()) {
                return value;
            }
        }
        problems.at(node, "found " + node.found() + ", expected " + expected);
        return Optional.empty();
    }

    /** The items of a list of at least one. */
    List<YamlNode> items(YamlNode node, String expected) {
        if (node instanceof Sequence list && !list.items().isEmpty()) {
            return list.items();
        }
        problems.at(
                node,
                "found " + (node instanceof Sequence ? "an empty list" : node.found()) + ", expected " + expected);
        return List.of();
    }
}
