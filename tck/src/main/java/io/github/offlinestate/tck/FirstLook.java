package io.github.offlinestate.tck;

import io.github.offlinestate.tck.check.CheckExecutor;
import io.github.offlinestate.tck.model.SubjectInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is judged, and can it work here? Asked before the first rule, on a thread of its own and in bounded time: what is
 * judged and throws or hangs in here is noted, and the rules say it again, each in its own words.
 *
 * @param <P> what the fixture makes ready
 */
abstract class FirstLook<P> {
    private final String kind;
    private final String fixtureName;
    private final List<String> notes = new ArrayList<>();
    private @Nullable P prepared;
    private @Nullable Exception broken;

    FirstLook(String kind, Object fixture) {
        this.kind = kind;
        this.fixtureName = fixture.getClass().getName();
    }

    /**
     * What was seen.
     *
     * @param subject who is judged
     * @param notes what went wrong in looking
     */
    record Seen(SubjectInfo subject, List<String> notes) {}

    abstract P prepare() throws Exception;

    /** Looks at what is ready; what goes wrong is noted. */
    abstract void look(P ready);

    abstract AutoCloseable cleanup(P ready);

    /** What is known of it, also where the look at it has not ended. */
    abstract SubjectInfo subject(P ready, String fixture);

    /**
     * Looks.
     *
     * @throws IllegalStateException where the fixture cannot make ready what is to be judged
     */
    final Seen within(Duration limit) {
        Thread thread = new Thread(this::run, "tck-first-look");
        thread.setDaemon(true);
        thread.start();
        if (!CheckExecutor.waitThrough(limit, () -> !thread.isAlive())) {
            hung(thread.getStackTrace(), limit);
        }
        return seen();
    }

    private void run() {
        try {
            P ready = prepare();
            if (ready == null) {
                throw new IllegalStateException("prepare() gave null");
            }
            prepared(ready);
            look(ready);
            cleanup(ready).close();
        } catch (Exception e) {
            breakWith(e);
        } catch (Throwable e) {
            // A thread that is killed, too: nobody else would say why there is no result.
            breakWith(new IllegalStateException(e));
        }
    }

    private synchronized void prepared(P ready) {
        prepared = ready;
    }

    private synchronized void breakWith(Exception why) {
        broken = why;
    }

    final synchronized void note(String what) {
        notes.add("before the first rule, " + what);
    }

    private synchronized void hung(StackTraceElement[] stack, Duration limit) {
        String hung = "hung for " + limit.toMillis() + " ms" + CheckExecutor.where(stack);
        if (prepared == null) {
            broken = new IllegalStateException("it " + hung);
        } else {
            note("the " + kind + " " + hung);
        }
    }

    private synchronized Seen seen() {
        if (broken != null || prepared == null) {
            throw new IllegalStateException(
                    "the fixture " + fixtureName + " cannot make its " + kind + " ready: " + broken, broken);
        }
        return new Seen(subject(prepared, fixtureName), List.copyOf(notes));
    }
}
