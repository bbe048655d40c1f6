package io.github.offlinestate.tck.check;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.tck.fixture.Hook;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.fixture.ProviderControl;
import io.github.offlinestate.tck.model.Means;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.Objects;
import java.util.concurrent.Callable;

/** The fixture's control: what it does appears in the history, and what it throws is the fixture's mistake. */
final class Control {
    private final ProviderTrial trial;
    private final ProviderControl real;

    Control(ProviderTrial trial, ProviderControl real) {
        this.trial = trial;
        this.real = real;
    }

    Means means(Hook hook) {
        return real.means(hook);
    }

    void change(String profile, ConnectionState state) {
        make(Hook.CHANGE, "change to " + state, () -> real.change(profile, state));
    }

    /** One of so many changes that the history is better without them. */
    void changeUnrecorded(String profile, ConnectionState state) {
        makeUnrecorded(Hook.CHANGE, () -> real.change(profile, state));
    }

    /** The same for a loss with its restoring. */
    void loseAndRestoreUnrecorded(String profile, Exception cause, ConnectionState state) {
        makeUnrecorded(Hook.TAKE_AWAY, () -> real.takeAway(profile, cause));
        makeUnrecorded(Hook.BRING_BACK, () -> real.bringBack(profile, state));
    }

    /** The same for a foreign notification. */
    void sendForeignUnrecorded(String profile, int type, int mask) {
        makeUnrecorded(Hook.SEND_FOREIGN, () -> real.sendForeign(profile, type, mask, 0, 1));
    }

    private void makeUnrecorded(Hook hook, Trial.Task body) {
        try {
            body.run();
            trial.used(real.means(hook));
        } catch (HookMissingException missing) {
            throw missing;
        } catch (Exception | LinkageError | AssertionError broken) {
            throw new FixtureFailure(hook.what(), broken);
        }
    }

    void changeUntold(String profile, ConnectionState state) {
        make(Hook.CHANGE_UNTOLD, "untold change to " + state, () -> real.changeUntold(profile, state));
    }

    void sendForeign(String profile, int type, int mask, int oldState, int newState) {
        make(
                Hook.SEND_FOREIGN,
                String.format("foreign notification of type 0x%x, mask 0x%x", type, mask),
                () -> real.sendForeign(profile, type, mask, oldState, newState));
    }

    void failNextChange(String profile, Exception cause) {
        make(Hook.FAIL_NEXT_CHANGE, "the next change fails", () -> real.failNextChange(profile, cause));
    }

    Runnable failNextChangeAfterStart(String profile, Exception cause) {
        Runnable fail = ask(
                Hook.FAIL_NEXT_CHANGE_AFTER_START,
                "the next change fails after START",
                () -> real.failNextChangeAfterStart(profile, cause));
        return released("the change fails", fail);
    }

    Runnable holdNextChange(String profile) {
        Runnable release =
                ask(Hook.HOLD_NEXT_CHANGE, "the next change is held under way", () -> real.holdNextChange(profile));
        return released("the held change is released", release);
    }

    /** Whatever is held up is let go at the end of the test at the latest. */
    private Runnable released(String what, Runnable release) {
        trial.atEnd(release::run);
        return () -> {
            trial.record("fixture", TckEvent.Kind.HOOK, what);
            release.run();
        };
    }

    void startChange(String profile, ConnectionState state) {
        make(Hook.START_CHANGE, "the backend begins a change to " + state, () -> real.startChange(profile, state));
    }

    void takeAway(String profile, Exception cause) {
        make(Hook.TAKE_AWAY, "the backend goes away", () -> real.takeAway(profile, cause));
    }

    void bringBack(String profile, ConnectionState state) {
        make(Hook.BRING_BACK, "the backend is back, in state " + state, () -> real.bringBack(profile, state));
    }

    int openSessions(String profile) {
        return ask(Hook.OPEN_SESSIONS, "count the open sessions", () -> real.openSessions(profile));
    }

    void addProfile(String name) {
        make(Hook.ADD_PROFILE, "a profile \"" + name + "\"", () -> real.addProfile(name));
    }

    void addProfile(String name, Capabilities capabilities) {
        make(
                Hook.ADD_PROFILE_WITH_CAPABILITIES,
                "a profile \"" + name + "\" of capabilities " + capabilities,
                () -> real.addProfile(name, capabilities));
    }

    private void make(Hook hook, String what, Trial.Task body) {
        Hook unused = ask(hook, what, () -> {
            body.run();
            return hook;
        });
    }

    private <T> T ask(Hook hook, String what, Callable<T> body) {
        trial.record("fixture", TckEvent.Kind.HOOK, what);
        try {
            T answer = Objects.requireNonNull(body.call(), "it gave null");
            trial.used(real.means(hook));
            return answer;
        } catch (HookMissingException missing) {
            throw missing;
        } catch (Exception | LinkageError | AssertionError broken) {
            throw new FixtureFailure(hook.what(), broken);
        }
    }
}
