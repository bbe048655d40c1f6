package io.github.offlinestate.tck.check;

import io.github.offlinestate.Capabilities;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.OfflineManager;
import io.github.offlinestate.SetFlag;
import io.github.offlinestate.StateChange.Phase;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where most tests begin: an opened object, an observer registered with it, and a state {@link #from} from which a
 * transition to the state {@link #to} is told.
 */
final class Scene {
    /** How long a transition's end is waited for that the test itself does not judge: at least, and at most. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofSeconds(3);

    private final ProviderTrial trial;
    private final OfflineManager manager;
    private final String profile;
    private final Capabilities capabilities;
    private final Client observer;
    private final ConnectionState from;

    Scene(ProviderTrial trial, OfflineManager manager, String profile, Capabilities capabilities, Client observer) {
        this.trial = trial;
        this.manager = manager;
        this.profile = profile;
        this.capabilities = capabilities;
        this.observer = observer;
        ConnectionState now = manager.currentState();
        this.from = capabilities.notifies(now.opposite()) ? now : now.opposite();
        if (from != now) {
            trial.change(manager, profile, from);
        }
    }

    OfflineManager manager() {
        return manager;
    }

    String profile() {
        return profile;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    Client observer() {
        return observer;
    }

    ConnectionState from() {
        return from;
    }

    ConnectionState to() {
        return from.opposite();
    }

    /** Makes the told transition, and lets it come to its end as far as the provider lets it. */
    void there() {
        make(to());
    }

    /** Makes the transition back, told or not. */
    void back() {
        make(from);
    }

    /** Begins the told transition on a thread of its own, and lets it go on. */
    Call<@Nullable Void> begin() {
        return begin(to());
    }

    Call<@Nullable Void> begin(ConnectionState state) {
        trial.countChange();
        boolean settable = manager.canSet();
        return trial.run("changer", "change to " + state, () -> {
            if (settable) {
                trial.setPatiently(manager, state, SetFlag.DEFAULT);
            } else {
                trial.control().change(profile, state);
            }
        });
    }

    /** Begins the told transition by a call that waits for it. */
    Call<@Nullable Void> beginBlocking(OfflineManager through) {
        trial.countChange();
        return trial.run(
                "setter",
                through + ".setCurrentState(" + to() + ", BLOCK)",
                () -> ProviderTrial.real(through).setCurrentState(to(), SetFlag.BLOCK));
    }

    /** Waits until the observer, registered before all others, has been told the end of the told transition. */
    void awaitDone() {
        trial.await("the transition to " + to() + " comes to its end", () -> observer.wasTold(Phase.DONE, to()));
    }

    private Duration settle() {
        Duration share = trial.settings().inTime().dividedBy(4);
        return Collections.max(List.of(SHORT, Collections.min(List.of(LONG, share))));
    }

    private void make(ConnectionState state) {
        observer.forget();
        Map<Client, Integer> due = new HashMap<>();
        if (capabilities.notifies(state) && manager.currentState() != state) {
            trial.liveClients(profile).forEach(client -> due.merge(client, 1, Integer::sum));
            due.replaceAll((client, registrations) -> client.ends(state) + registrations);
        }
        trial.change(manager, profile, state);
        // Whether DONE comes is judged by NOTIFY-1 alone: who was not told once is not waited for again.
        boolean ended = trial.waitFor(
                settle(),
                () -> due.entrySet().stream().allMatch(one -> one.getKey().ends(state) >= one.getValue()));
        if (!ended) {
            due.forEach((client, ends) -> {
                if (client.ends(state) < ends) {
                    client.excuse();
                }
            });
        }
    }
}
