package io.github.offlinestate.tck.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of the contract, one constant each, in the contract's order. What a rule says is written down in the
 * contract's own file (see {@link Contract}); a test holds the constants and the file together.
 */
public enum Rule {
    /** OPEN-1. */
    OPEN_1("OPEN-1"),
    /** OPEN-2. */
    OPEN_2("OPEN-2"),
    /** OPEN-2b. */
    OPEN_2B("OPEN-2b"),
    /** OPEN-3. */
    OPEN_3("OPEN-3"),
    /** OPEN-4. */
    OPEN_4("OPEN-4"),
    /** OPEN-5. */
    OPEN_5("OPEN-5"),
    /** OPEN-6. */
    OPEN_6("OPEN-6"),
    /** OPEN-7. */
    OPEN_7("OPEN-7"),
    /** CAP-1. */
    CAP_1("CAP-1"),
    /** CAP-2. */
    CAP_2("CAP-2"),
    /** CAP-3. */
    CAP_3("CAP-3"),
    /** CAP-3b. */
    CAP_3B("CAP-3b"),
    /** CAP-3c. */
    CAP_3C("CAP-3c"),
    /** CAP-4. */
    CAP_4("CAP-4"),
    /** CAP-5. */
    CAP_5("CAP-5"),
    /** STATE-1. */
    STATE_1("STATE-1"),
    /** STATE-2. */
    STATE_2("STATE-2"),
    /** STATE-2b. */
    STATE_2B("STATE-2b"),
    /** STATE-3. */
    STATE_3("STATE-3"),
    /** STATE-4. */
    STATE_4("STATE-4"),
    /** STATE-4b. */
    STATE_4B("STATE-4b"),
    /** STATE-4c. */
    STATE_4C("STATE-4c"),
    /** SET-1. */
    SET_1("SET-1"),
    /** SET-1b. */
    SET_1B("SET-1b"),
    /** SET-2. */
    SET_2("SET-2"),
    /** SET-3. */
    SET_3("SET-3"),
    /** SET-3b. */
    SET_3B("SET-3b"),
    /** SET-4. */
    SET_4("SET-4"),
    /** SET-4b. */
    SET_4B("SET-4b"),
    /** SET-5. */
    SET_5("SET-5"),
    /** SET-6. */
    SET_6("SET-6"),
    /** SET-6b. */
    SET_6B("SET-6b"),
    /** SET-6c. */
    SET_6C("SET-6c"),
    /** SET-6d. */
    SET_6D("SET-6d"),
    /** SET-7. */
    SET_7("SET-7"),
    /** SET-8. */
    SET_8("SET-8"),
    /** SET-9. */
    SET_9("SET-9"),
    /** SET-9b. */
    SET_9B("SET-9b"),
    /** SET-10. */
    SET_10("SET-10"),
    /** SET-11. */
    SET_11("SET-11"),
    /** SET-12. */
    SET_12("SET-12"),
    /** ADVISE-1. */
    ADVISE_1("ADVISE-1"),
    /** ADVISE-2. */
    ADVISE_2("ADVISE-2"),
    /** ADVISE-2b. */
    ADVISE_2B("ADVISE-2b"),
    /** ADVISE-3. */
    ADVISE_3("ADVISE-3"),
    /** ADVISE-4. */
    ADVISE_4("ADVISE-4"),
    /** ADVISE-4b. */
    ADVISE_4B("ADVISE-4b"),
    /** ADVISE-5. */
    ADVISE_5("ADVISE-5"),
    /** ADVISE-6. */
    ADVISE_6("ADVISE-6"),
    /** ADVISE-7. */
    ADVISE_7("ADVISE-7"),
    /** ADVISE-8. */
    ADVISE_8("ADVISE-8"),
    /** ADVISE-9. */
    ADVISE_9("ADVISE-9"),
    /** ADVISE-10. */
    ADVISE_10("ADVISE-10"),
    /** ADVISE-10b. */
    ADVISE_10B("ADVISE-10b"),
    /** ADVISE-11. */
    ADVISE_11("ADVISE-11"),
    /** ADVISE-12. */
    ADVISE_12("ADVISE-12"),
    /** NOTIFY-1. */
    NOTIFY_1("NOTIFY-1"),
    /** NOTIFY-2. */
    NOTIFY_2("NOTIFY-2"),
    /** NOTIFY-3. */
    NOTIFY_3("NOTIFY-3"),
    /** NOTIFY-4. */
    NOTIFY_4("NOTIFY-4"),
    /** NOTIFY-4b. */
    NOTIFY_4B("NOTIFY-4b"),
    /** NOTIFY-5. */
    NOTIFY_5("NOTIFY-5"),
    /** NOTIFY-6. */
    NOTIFY_6("NOTIFY-6"),
    /** NOTIFY-6b. */
    NOTIFY_6B("NOTIFY-6b"),
    /** NOTIFY-6c. */
    NOTIFY_6C("NOTIFY-6c"),
    /** NOTIFY-7. */
    NOTIFY_7("NOTIFY-7"),
    /** NOTIFY-7b. */
    NOTIFY_7B("NOTIFY-7b"),
    /** NOTIFY-8. */
    NOTIFY_8("NOTIFY-8"),
    /** NOTIFY-9. */
    NOTIFY_9("NOTIFY-9"),
    /** NOTIFY-10. */
    NOTIFY_10("NOTIFY-10"),
    /** NOTIFY-10b. */
    NOTIFY_10B("NOTIFY-10b"),
    /** NOTIFY-10c. */
    NOTIFY_10C("NOTIFY-10c"),
    /** NOTIFY-11. */
    NOTIFY_11("NOTIFY-11"),
    /** NOTIFY-11b. */
    NOTIFY_11B("NOTIFY-11b"),
    /** NOTIFY-11c. */
    NOTIFY_11C("NOTIFY-11c"),
    /** NOTIFY-12. */
    NOTIFY_12("NOTIFY-12"),
    /** UNADVISE-1. */
    UNADVISE_1("UNADVISE-1"),
    /** UNADVISE-2. */
    UNADVISE_2("UNADVISE-2"),
    /** UNADVISE-2b. */
    UNADVISE_2B("UNADVISE-2b"),
    /** UNADVISE-2c. */
    UNADVISE_2C("UNADVISE-2c"),
    /** UNADVISE-2d. */
    UNADVISE_2D("UNADVISE-2d"),
    /** UNADVISE-3. */
    UNADVISE_3("UNADVISE-3"),
    /** UNADVISE-4. */
    UNADVISE_4("UNADVISE-4"),
    /** UNADVISE-5. */
    UNADVISE_5("UNADVISE-5"),
    /** UNADVISE-6. */
    UNADVISE_6("UNADVISE-6"),
    /** CLOSE-1. */
    CLOSE_1("CLOSE-1"),
    /** CLOSE-1b. */
    CLOSE_1B("CLOSE-1b"),
    /** CLOSE-1c. */
    CLOSE_1C("CLOSE-1c"),
    /** CLOSE-1d. */
    CLOSE_1D("CLOSE-1d"),
    /** CLOSE-2. */
    CLOSE_2("CLOSE-2"),
    /** CLOSE-2b. */
    CLOSE_2B("CLOSE-2b"),
    /** CLOSE-3. */
    CLOSE_3("CLOSE-3"),
    /** CLOSE-4. */
    CLOSE_4("CLOSE-4"),
    /** CLOSE-4b. */
    CLOSE_4B("CLOSE-4b"),
    /** CLOSE-4c. */
    CLOSE_4C("CLOSE-4c"),
    /** LOST-1. */
    LOST_1("LOST-1"),
    /** LOST-1b. */
    LOST_1B("LOST-1b"),
    /** LOST-2. */
    LOST_2("LOST-2"),
    /** LOST-2b. */
    LOST_2B("LOST-2b"),
    /** LOST-2c. */
    LOST_2C("LOST-2c"),
    /** LOST-2d. */
    LOST_2D("LOST-2d"),
    /** LOST-3. */
    LOST_3("LOST-3"),
    /** LOST-3b. */
    LOST_3B("LOST-3b"),
    /** LOST-4. */
    LOST_4("LOST-4"),
    /** LOST-4b. */
    LOST_4B("LOST-4b"),
    /** LOST-4c. */
    LOST_4C("LOST-4c"),
    /** LOST-5. */
    LOST_5("LOST-5"),
    /** FIND-1. */
    FIND_1("FIND-1"),
    /** FIND-2. */
    FIND_2("FIND-2"),
    /** FIND-3. */
    FIND_3("FIND-3"),
    /** FIND-4. */
    FIND_4("FIND-4"),
    /** FIND-5. */
    FIND_5("FIND-5"),
    /** FIND-5b. */
    FIND_5B("FIND-5b"),
    /** FIND-6. */
    FIND_6("FIND-6"),
    /** BACKEND-1. */
    BACKEND_1("BACKEND-1"),
    /** BACKEND-1b. */
    BACKEND_1B("BACKEND-1b"),
    /** BACKEND-2. */
    BACKEND_2("BACKEND-2"),
    /** BACKEND-2b. */
    BACKEND_2B("BACKEND-2b"),
    /** BACKEND-3. */
    BACKEND_3("BACKEND-3"),
    /** BACKEND-4. */
    BACKEND_4("BACKEND-4"),
    /** BACKEND-5. */
    BACKEND_5("BACKEND-5"),
    /** BACKEND-6. */
    BACKEND_6("BACKEND-6"),
    /** BACKEND-6b. */
    BACKEND_6B("BACKEND-6b"),
    /** BACKEND-7. */
    BACKEND_7("BACKEND-7");

    private static final Map<String, Rule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Rule::id, Function.identity()));

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    /**
     * The rule of an id.
     *
     * @param id as {@code ADVISE-7}; upper and lower case are the same
     * @return the rule, or nothing where the contract has none of that id
     */
    public static Optional<Rule> of(String id) {
        String wanted = id.strip();
        Rule exact = BY_ID.get(wanted);
        return exact != null
                ? Optional.of(exact)
                : Arrays.stream(values())
                        .filter(rule -> rule.id.equalsIgnoreCase(wanted))
                        .findFirst();
    }

    /**
     * The id.
     *
     * @return as {@code ADVISE-7}
     */
    public String id() {
        return id;
    }

    /**
     * The area that the rule belongs to.
     *
     * @return as {@code ADVISE}
     */
    public String area() {
        return id.substring(0, id.indexOf('-')).toUpperCase(Locale.ROOT);
    }

    /**
     * What the contract says about the rule.
     *
     * @return its entry
     */
    public RuleText text() {
        return Contract.current().text(this);
    }

    /**
     * How binding the rule is.
     *
     * @return the level
     */
    public Level level() {
        return text().level();
    }

    /**
     * Where the rule comes from.
     *
     * @return the basis
     */
    public Basis basis() {
        return text().basis();
    }

    /**
     * Whom the rule binds.
     *
     * @return the subject
     */
    public Subject subject() {
        return text().subject();
    }

    /**
     * The rule itself.
     *
     * @return a sentence or a few
     */
    public String statement() {
        return text().statement();
    }

    @Override
    public String toString() {
        return id;
    }
}
