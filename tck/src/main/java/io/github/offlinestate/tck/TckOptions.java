package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Basis;
import io.github.offlinestate.tck.model.Contract;
import io.github.offlinestate.tck.model.Rule;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a run of the kit is to be done. The same names serve as system properties ({@code offlinestate.tck.seed}),
 * environment variables ({@code OFFLINESTATE_TCK_SEED}) and flags of the command line ({@code --seed}), so that a run
 * can be told the same in all ways of running it; a property goes before a variable.
 *
 * @param rules the rules to be run; empty for all
 * @param basis the only basis whose rules are run; empty for both
 * @param seed what random choices are drawn from; drawn anew for each run unless told
 * @param patience what every waiting is multiplied with; 1 unless told
 * @param budget how long the whole run is to take; repetitions are cut for it
 * @param exclusions the file of rules that are left out
 * @param contractVersion the version of the contract to be held to; rules that are newer fail nothing. Not newer than
 *     the kit
 * @param strict whether gaps fail the run
 * @param allowUnavailable whether a provider that says that it cannot work here passes the run
 * @param fixture the class of the fixture, where several are found
 * @param reportDirectory where reports go; empty for the build folder
 */
public record TckOptions(
        Set<Rule> rules,
        Optional<Basis> basis,
        long seed,
        double patience,
        Optional<Duration> budget,
        Optional<Path> exclusions,
        String contractVersion,
        boolean strict,
        boolean allowUnavailable,
        Optional<String> fixture,
        Optional<Path> reportDirectory) {
    /** The names of the options, as {@link #with} takes them. */
    public static final List<String> NAMES = List.of(
            "rule",
            "basis",
            "seed",
            "patience",
            "budget",
            "exclude",
            "contract",
            "strict",
            "allow-unavailable",
            "fixture",
            "report");

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    /** Copied where it is made. */
    public TckOptions {
        rules = Collections.unmodifiableSet(rules.isEmpty() ? EnumSet.noneOf(Rule.class) : EnumSet.copyOf(rules));
        if (!(patience > 0 && patience <= 1000)) {
            throw new IllegalArgumentException(
                    "patience is " + patience + ": more than 0 and at most 1000 was expected");
        }
    }

    /**
     * Everything as it is unless told.
     *
     * @return all rules, a new seed
     */
    public static TckOptions defaults() {
        return new TckOptions(
                Set.of(),
                Optional.empty(),
                new SecureRandom().nextInt(Integer.MAX_VALUE),
                1,
                Optional.empty(),
                Optional.empty(),
                Contract.current().version(),
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What the system properties and the environment say, and the defaults for all else.
     *
     * @return the options
     * @throws IllegalArgumentException where one of them has a value that it cannot have
     */
    public static TckOptions fromEnvironment() {
        return from(System::getProperty, System::getenv);
    }

    static TckOptions from(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> variables) {
        TckOptions options = defaults();
        for (String name : NAMES) {
            String property = properties.apply(property(name));
            String variable = variables.apply(
                    "OFFLINESTATE_TCK_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
            String value = property != null ? property : variable;
            if (value != null && !value.isBlank()) {
                options = options.with(name, value);
            }
        }
        return options;
    }

    /**
     * The system property of an option.
     *
     * @param name one of {@link #NAMES}
     * @return as {@code offlinestate.tck.seed}
     */
    public static String property(String name) {
        return "offlinestate.tck." + name;
    }

    /**
     * The same with one option told.
     *
     * @param name one of {@link #NAMES}
     * @param value its value, as a person writes it: ids or areas separated by commas for {@code rule}, {@code 5m} for
     *     {@code budget}
     * @return a copy
     * @throws IllegalArgumentException where there is no such option, or it cannot have this value
     */
    public TckOptions with(String name, String value) {
        String text = value.strip();
        return switch (name) {
            case "rule" -> withRules(parseRules(text));
            case "basis" -> copy(rules, Optional.of(parseBasis(text)), seed, patience, budget);
            case "seed" -> copy(rules, basis, parseLong(name, text), patience, budget);
            case "patience" -> copy(rules, basis, seed, parseDouble(name, text), budget);
            case "budget" -> copy(rules, basis, seed, patience, Optional.of(parseDuration(name, text)));
            case "exclude" -> with(Optional.of(parsePath(name, text)), contractVersion, strict, allowUnavailable);
            case "contract" -> with(exclusions, parseVersion(text), strict, allowUnavailable);
            case "strict" -> with(exclusions, contractVersion, parseBoolean(name, text), allowUnavailable);
            case "allow-unavailable" -> with(exclusions, contractVersion, strict, parseBoolean(name, text));
            case "fixture" -> with(Optional.of(text), reportDirectory);
            case "report" -> with(fixture, Optional.of(parsePath(name, text)));
            default ->
                throw new IllegalArgumentException(
                        "there is no option " + name + "; there are " + String.join(", ", NAMES));
        };
    }

    /**
     * The same for some rules only.
     *
     * @param rules the rules; empty for all
     * @return a copy
     */
    public TckOptions withRules(Set<Rule> rules) {
        return copy(rules, basis, seed, patience, budget);
    }

    /**
     * Whether a rule is to be run.
     *
     * @param rule the rule
     * @return whether it is among those asked for, and of the basis asked for
     */
    public boolean selects(Rule rule) {
        return (rules.isEmpty() || rules.contains(rule)) && (basis.isEmpty() || rule.basis() == basis.get());
    }

    /**
     * What else than the rule and its seed decides how a rule is run, where it is not what it is unless told.
     *
     * @return by the option's name the value that {@link #with} takes
     */
    public Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        if (patience != 1) {
            told.put("patience", Double.toString(patience));
        }
        budget.ifPresent(value -> told.put("budget", inWords(value)));
        exclusions.ifPresent(file -> told.put("exclude", file.toString()));
        if (!contractVersion.equals(Contract.current().version())) {
            told.put("contract", contractVersion);
        }
        fixture.ifPresent(name -> told.put("fixture", name));
        return told;
    }

    /** As {@code 5m}. */
    static String inWords(Duration budget) {
        long millis = budget.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private TckOptions copy(
            Set<Rule> rules, Optional<Basis> basis, long seed, double patience, Optional<Duration> budget) {
        return new TckOptions(
                rules,
                basis,
                seed,
                patience,
                budget,
                exclusions,
                contractVersion,
                strict,
                allowUnavailable,
                fixture,
                reportDirectory);
    }

    private TckOptions with(
            Optional<Path> exclusions, String contractVersion, boolean strict, boolean allowUnavailable) {
        return new TckOptions(
                rules,
                basis,
                seed,
                patience,
                budget,
                exclusions,
                contractVersion,
                strict,
                allowUnavailable,
                fixture,
                reportDirectory);
    }

    private TckOptions with(Optional<String> fixture, Optional<Path> reportDirectory) {
        return new TckOptions(
                rules,
                basis,
                seed,
                patience,
                budget,
                exclusions,
                contractVersion,
                strict,
                allowUnavailable,
                fixture,
                reportDirectory);
    }

    private static Set<Rule> parseRules(String text) {
        Set<Rule> found = EnumSet.noneOf(Rule.class);
        for (String part : text.split(",", -1)) {
            String wanted = part.strip();
            if (wanted.isEmpty()) {
                throw wrong("rule", text, "rules or areas separated by commas, as ADVISE-7,LOST");
            }
            Optional<Rule> rule = Rule.of(wanted);
            Set<Rule> area = Arrays.stream(Rule.values())
                    .filter(one -> one.area().equalsIgnoreCase(wanted))
                    .collect(Collectors.toSet());
            if (rule.isEmpty() && area.isEmpty()) {
                throw new IllegalArgumentException(
                        "there is no rule " + wanted + " and no area of that name; the areas are "
                                + Arrays.stream(Rule.values())
                                        .map(Rule::area)
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + ", the rules are listed in docs/contract.md");
            }
            rule.ifPresentOrElse(found::add, () -> found.addAll(area));
        }
        return found;
    }

    private static Basis parseBasis(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "reference" -> Basis.REFERENCE;
            case "decision" -> Basis.DECISION;
            default -> throw wrong("basis", text, "reference or decision");
        };
    }

    private static long parseLong(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a whole number", e);
        }
    }

    private static double parseDouble(String name, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong(name, text, "a number, as 2.5", e);
        }
    }

    private static boolean parseBoolean(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, text, "true or false");
        };
    }

    private static Duration parseDuration(String name, String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw wrong(name, text, "a number and ms, s, m or h, as 5m");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    private static Path parsePath(String name, String text) {
        if (text.isEmpty()) {
            throw wrong(name, text, "a path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw wrong(name, text, "a path", e);
        }
    }

    private static String parseVersion(String text) {
        if (!text.matches("\\d{1,4}\\.\\d{1,4}")) {
            throw wrong("contract", text, "a version, as " + Contract.current().version());
        }
        if (TckRunner.compare(text, Contract.current().version()) > 0) {
            throw wrong("contract", text, "at most " + Contract.current().version() + ", all that this kit knows");
        }
        return text;
    }

    private static IllegalArgumentException wrong(String name, String text, String expected) {
        return new IllegalArgumentException("option " + name + " is '" + text + "': expected was " + expected);
    }

    private static IllegalArgumentException wrong(String name, String text, String expected, Exception cause) {
        IllegalArgumentException wrong = wrong(name, text, expected);
        wrong.initCause(cause);
        return wrong;
    }
}
