package io.github.offlinestate.tck.check;

import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** The threads that have come since this was made, but for the kit's own. */
public final class NewThreads {
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    List<Thread> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.getName().startsWith("tck-"))
                .toList();
    }

    /**
     * Repeats something as often as there is time for, and waits until it has left no threads: the more repetitions there
     * were, the clearer what is theirs is from what is anybody's.
     *
     * @param trial the trial
     * @param times how often at most
     * @param what what was repeated so many times and leaves no threads, in words
     * @param body what is repeated
     * @throws Exception what the body throws
     */
    public static void expectNone(Trial trial, int times, IntFunction<String> what, Trial.Repetition body)
            throws Exception {
        NewThreads threads = new NewThreads();
        int[] done = new int[1];
        trial.repeat(times, index -> {
            body.run(index);
            done[0]++;
        });
        int allowed = Math.max(3, done[0] / 10);
        trial.await(what.apply(done[0]), () -> threads.now().size() < allowed);
    }
}
