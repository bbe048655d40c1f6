package io.github.offlinestate.stress.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.offlinestate.stress.model.Findings;
import io.github.offlinestate.tck.catalogue.Catalogue;
import io.github.offlinestate.tck.catalogue.CatalogueEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The model catches the faulty providers of the kit's catalogue that can be seen from what registrations are told. Those
 * that it cannot see stand here with the reason: the kit, jcstress or a test of another module is there for them.
 */
@ExtendWith(QuietLog.class)
class CatalogueTest {
    private static final Set<String> SEEN = Set.of(
            "second-object-shares-nothing",
            "no-state-within-a-change",
            "start-after-the-flip",
            "flip-at-the-end",
            "block-returns-at-start",
            "default-waits",
            "new-state-after-failure",
            "pending-after-failure",
            "table-of-sixteen",
            "token-reuse",
            "present-state-at-advise",
            "done-by-an-old-list",
            "copy-on-write-without-order",
            "no-start-from-outside",
            "one-notification-for-all",
            "wrong-mask",
            "swapped-in-start",
            "next-start-before-done",
            "latest-change-wins",
            "threads-for-each-client",
            "foreign-at-once",
            "error-ends-the-notifier",
            "interrupt-travels",
            "no-done-after-failure",
            "unknown-token-throws",
            "looks-then-calls",
            "unadvise-returns-early",
            "keeps-what-is-removed",
            "close-clears-the-list",
            "no-advise-while-away",
            "loss-empties-the-queue",
            "restored-without-a-change",
            "restored-with-a-change",
            "loss-overtakes");

    /** Why a mistake is none that the model can see. */
    private enum Unseen {
        /** Names that nobody knows, arguments that nobody may give, objects that are closed, a second profile. */
        THE_SOAK_MAKES_NO_SUCH_CALL,
        /** All profiles of the soak have both capabilities, and can be set. */
        THE_SOAK_HAS_NO_SUCH_PROFILE,
        /** More waits, or longer, than the soak lets it; or it is one of 65,536 tokens. */
        IT_TAKES_MORE_OF_SOMETHING,
        /** What is told stays right; a call waits for what it need not wait for, fails, or returns before another ends. */
        NOTHING_WRONG_IS_TOLD,
        /** It needs two threads to meet within nanoseconds, or within a loss: jcstress makes them meet. */
        IT_IS_TOO_RARE,
        /** Threads, sessions, class loaders and the JVM's end are looked at by the kit. */
        IT_IS_OUTSIDE_OF_WHAT_IS_TOLD
    }

    private static final Map<Unseen, Set<String>> UNSEEN = Map.of(
            Unseen.THE_SOAK_MAKES_NO_SUCH_CALL,
            Set.of(
                    "unknown-profile-fails-otherwise",
                    "nameless-failure",
                    "trims-names",
                    "one-list-for-all-profiles",
                    "names-unchecked",
                    "half-open-while-away",
                    "tokens-by-object",
                    "null-is-used",
                    "inside-by-profile",
                    "interrupt-flag-lost",
                    "interrupt-takes-back",
                    "interrupt-ends-the-wait",
                    "close-drops-the-interrupt",
                    "callback-is-cast",
                    "mask-contains",
                    "interface-first",
                    "registered-before-judged",
                    "client-token-none",
                    "map-by-callback",
                    "asks-the-notifier",
                    "token-of-anybody",
                    "removes-by-callback",
                    "closed-but-answering",
                    "sets-the-same-state",
                    "swallow-and-drop",
                    "default-throws"),
            Unseen.THE_SOAK_HAS_NO_SUCH_PROFILE,
            Set.of(
                    "always-claims-both",
                    "both-or-nothing",
                    "done-without-capability",
                    "no-advise-without-capability",
                    "no-set-without-capability",
                    "silent-change-overtakes",
                    "never-asks-the-source",
                    "second-time-is-no-news",
                    "no-support-before-closed"),
            Unseen.IT_TAKES_MORE_OF_SOMETHING,
            Set.of(
                    "token-of-16-bits",
                    "start-without-limit",
                    "limit-runs-while-away",
                    "queue-of-a-hundred",
                    "drops-what-does-not-fit",
                    "keeps-everything"),
            Unseen.NOTHING_WRONG_IS_TOLD,
            Set.of(
                    "not-ready-when-open",
                    "wraps-the-cause",
                    "fails-without-a-word",
                    "leaves-out-without-a-word",
                    "capabilities-with-registrations",
                    "read-under-the-lock-of-a-change",
                    "pending-by-object",
                    "free-too-late",
                    "free-before-done",
                    "foreign-is-a-change",
                    "pending-before-lost",
                    "waits-for-others-inside",
                    "close-waits-for-the-notifier",
                    "close-forgets-who-waits",
                    "last-known-state-while-away",
                    "loss-forgets-who-waits"),
            Unseen.IT_IS_TOO_RARE,
            Set.of(
                    "always-asks-the-source",
                    "block-returns-before-done",
                    "one-list-for-a-change",
                    "list-before-the-flip",
                    "second-unadvise-returns-at-once",
                    "notifies-under-a-lock",
                    "close-returns-early",
                    "second-close-returns-at-once",
                    "open-meets-the-last-close",
                    "loss-cuts-the-change",
                    "loss-aborts-the-start",
                    "start-told-after-the-loss",
                    "away-until-told",
                    "restored-by-an-old-list"),
            Unseen.IT_IS_OUTSIDE_OF_WHAT_IS_TOLD,
            Set.of(
                    "weak-reference",
                    "session-never-released",
                    "forgets-a-thread",
                    "keeps-the-jvm",
                    "not-in-services",
                    "thread-in-the-constructor"));

    /** Odd, but right, and with all that the soak asks for. */
    private static final Set<String> RIGHT = Set.of(
            "plain",
            "slow",
            "read-only",
            "many-threads",
            "on-the-reporting-thread",
            "random-tokens",
            "foreign-all-the-time");

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration TRYING = Duration.ofSeconds(40);
    private static final int AT_A_TIME = 8;

    private final ExecutorService trials = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        Thread thread = new Thread(task, "trial");
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void end_the_trials() {
        trials.shutdownNow();
    }

    @Test
    void every_faulty_provider_is_seen_or_has_a_reason() {
        List<String> told = new ArrayList<>(SEEN);
        UNSEEN.values().forEach(told::addAll);
        assertThat(told).doesNotHaveDuplicates().hasSameElementsAs(faulty());
    }

    private static List<String> faulty() {
        return Catalogue.entries().stream()
                .filter(entry -> entry.isFaulty() && entry.provider().isPresent())
                .map(CatalogueEntry::name)
                .toList();
    }

    @Test
    void sees_the_faulty_ones() throws Exception {
        Map<String, Future<Boolean>> seen = new TreeMap<>();
        for (String name : SEEN) {
            seen.put(name, trials.submit(() -> isSeen(name)));
        }
        Set<String> unseen = new TreeSet<>();
        for (Map.Entry<String, Future<Boolean>> one : seen.entrySet()) {
            if (!succeeds(one.getValue())) {
                unseen.add(one.getKey());
            }
        }
        assertThat(unseen).isEmpty();
    }

    /** One that needs two threads to meet is tried for a while. */
    private static boolean isSeen(String name) throws Exception {
        long begun = System.nanoTime();
        for (int attempt = 1; System.nanoTime() - begun < TRYING.toNanos(); attempt++) {
            if (!Trial.of(find(name), attempt, SHORT).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is; one that does not end, with all its threads blocked, is seen too. */
    private static boolean succeeds(Future<Boolean> seen) throws InterruptedException, ExecutionException {
        try {
            return seen.get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return true;
        }
    }

    @Test
    void finds_nothing_in_those_that_are_right() throws Exception {
        Map<String, Future<Findings>> found = new TreeMap<>();
        for (String name : RIGHT) {
            found.put(name, trials.submit(() -> Trial.of(find(name), 1, LONG)));
        }
        for (Map.Entry<String, Future<Findings>> one : found.entrySet()) {
            Findings findings = one.getValue().get();
            if (!findings.isEmpty()) {
                fail(one.getKey() + ": " + findings.first());
            }
        }
    }

    /** So that a reason does not stay when it is none any more. */
    @Test
    void does_not_see_those_that_have_a_reason() throws Exception {
        Map<String, Future<Findings>> found = new TreeMap<>();
        Stream.of(Unseen.THE_SOAK_MAKES_NO_SUCH_CALL, Unseen.THE_SOAK_HAS_NO_SUCH_PROFILE)
                .flatMap(why -> UNSEEN.getOrDefault(why, Set.of()).stream())
                .forEach(name -> found.put(name, trials.submit(() -> Trial.of(find(name), 1, LONG))));
        Map<String, List<String>> seen = new TreeMap<>();
        for (Map.Entry<String, Future<Findings>> one : found.entrySet()) {
            Findings findings = one.getValue().get();
            if (!findings.isEmpty()) {
                seen.put(one.getKey(), findings.first());
            }
        }
        assertThat(seen).isEmpty();
    }

    private static CatalogueEntry find(String name) {
        return Catalogue.find(name).orElseThrow();
    }
}
