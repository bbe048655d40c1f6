package io.github.offlinestate.tck.check;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.tck.fixture.Hook;
import io.github.offlinestate.tck.fixture.HookMissingException;
import io.github.offlinestate.tck.fixture.ProviderControl;
import io.github.offlinestate.tck.model.TckEvent;
import java.util.concurrent.Callable;

/** The fixture's control: what it does appears in the history, and what it throws is the fixture's mistake. */
final class Control {
    private final ProviderTrial trial;
    private final ProviderControl real;

    Control(ProviderTrial trial, ProviderControl real) {
        this.trial = trial;
        this.real = real;
    }

    void change(String profile, ConnectionState state) {
        make(Hook.CHANGE, "change to " + state, () -> real.change(profile, state));
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

    void failNextChangeAfterStart(String profile, Exception cause) {
        make(
                Hook.FAIL_NEXT_CHANGE_AFTER_START,
                "the next change fails after START",
                () -> real.failNextChangeAfterStart(profile, cause));
    }

    /** The change is released at the end of the test at the latest. */
    Runnable holdNextChange(String profile) {
        Runnable release =
                ask(Hook.HOLD_NEXT_CHANGE, "the next change is held under way", () -> real.holdNextChange(profile));
        trial.atEnd(release::run);
        return () -> {
            trial.record("fixture", TckEvent.Kind.HOOK, "the held change is released");
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
            T answer = body.call();
            trial.used(real.means(hook));
            return answer;
        } catch (HookMissingException missing) {
            throw missing;
        } catch (Exception | LinkageError | AssertionError broken) {
            throw new FixtureFailure(hook.what(), broken);
        }
    }
}
