package io.github.offlinestate.stress.soak;

import io.github.offlinestate.OfflineStateProvider;
import io.github.offlinestate.stress.model.Findings;
import io.github.offlinestate.stress.model.Mistake;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * From the first opening to the last closing: profiles are opened, clients come and go on some threads while sources
 * change on as many others; then all is still, everybody has to have been told everything, and all is given back.
 */
public final class Round {
    /** The profile where half of the clients are changes rarely, for each change is told to thousands. */
    private static final int CROWDED_EVERY = 512;

    private static final int CLOSING_EVERY = 16;
    private static final int HANGS = 2;
    private static final long PAUSE_NANOS = 100_000;

    private final Findings findings;
    private final Tally tally;
    private final Duration patience;
    private final RandomGenerator seeds;
    private final List<Churn.Place> places = new ArrayList<>();
    private final List<Churn> churns = new ArrayList<>();
    private volatile boolean still;

    Round(
            OfflineStateProvider provider,
            List<String> profiles,
            Function<String, Source> sources,
            Scale scale,
            Findings findings,
            Tally tally,
            long seed) {
        this.findings = findings;
        this.tally = tally;
        this.patience = scale.patience();
        this.seeds = random(seed);
        for (String profile : profiles) {
            Course course = new Course(
                    provider.open(profile),
                    sources.apply(profile),
                    findings,
                    random(seeds.nextLong()),
                    patience,
                    scale.dice());
            places.add(new Churn.Place(profile, provider.open(profile), course));
        }
        AtomicInteger hangsLeft = new AtomicInteger(scale.hang().isZero() ? 0 : HANGS);
        for (int i = 0; i < scale.threads(); i++) {
            churns.add(new Churn(
                    provider,
                    places,
                    scale.registrations() / scale.threads(),
                    CLOSING_EVERY * scale.dice(),
                    findings,
                    tally,
                    random(seeds.nextLong()),
                    scale.hang(),
                    hangsLeft));
        }
    }

    /** How much there is of everything. */
    record Scale(int threads, int registrations, Duration hang, Duration patience, int dice) {}

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /**
     * Runs it.
     *
     * @param enough says when, asked often
     * @return some of the registrations that were there, none of which is any more
     */
    List<WeakReference<Member>> run(BooleanSupplier enough) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < churns.size(); i++) {
            Churn churn = churns.get(i);
            threads.add(start("clients " + i, () -> {
                while (!still) {
                    churn.act();
                }
            }));
            List<Course> courses = new ArrayList<>();
            for (int mine = i; mine < places.size(); mine += churns.size()) {
                courses.add(places.get(mine).course());
            }
            threads.add(start("sources " + i, () -> drive(courses)));
        }
        while (!enough.getAsBoolean() && !isStuck()) {
            LockSupport.parkNanos(this, 100 * PAUSE_NANOS);
        }
        still = true;
        if (!threads.stream().allMatch(this::ends)) {
            return List.of(); // it may hold what the rest needs
        }
        places.forEach(place -> place.course().awaitTold("what was made last"));
        awaitAllAtEnd();
        List<WeakReference<Member>> samples = new ArrayList<>();
        for (Churn churn : churns) {
            churn.leaveAll();
            samples.addAll(churn.samples());
        }
        for (Churn.Place place : places) {
            place.manager().close();
            place.course().end();
        }
        return samples;
    }

    private boolean isStuck() {
        return places.stream().anyMatch(place -> place.course().isStuck());
    }

    private Thread start(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        findings.add(Mistake.FAILED_CALL, "\"" + name + "\" ended with " + e);
                    }
                },
                "stress " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void drive(List<Course> courses) {
        for (int turn = 0; !still; turn++) {
            boolean went = false;
            for (int i = 0; i < courses.size() && !still; i++) {
                Course course = courses.get(i);
                boolean crowded = places.size() > 1 && course == places.get(0).course();
                if (course.mayGoOn() && (!crowded || turn % CROWDED_EVERY == 0)) {
                    tally.transitions.add(course.goOn());
                    went = true;
                }
            }
            if (!went) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private boolean ends(Thread thread) {
        long begun = System.nanoTime();
        while (thread.isAlive()) {
            if (System.nanoTime() - begun > patience.toNanos()) {
                findings.add(
                        Mistake.FAILED_CALL,
                        '"' + thread.getName() + "\" does not come back from " + List.of(thread.getStackTrace()));
                return false;
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
        return true;
    }

    private void awaitAllAtEnd() {
        long begun = System.nanoTime();
        for (Churn churn : churns) {
            List<Member> behind = churn.behind();
            while (!behind.isEmpty() && System.nanoTime() - begun < patience.toNanos()) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
                behind = churn.behind();
            }
            for (Member member : behind) {
                findings.add(
                        Mistake.LOST,
                        member.witness() + " has not been told everything: it is at "
                                + member.witness().position());
            }
        }
    }
}
