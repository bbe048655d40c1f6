package io.github.offlinestate.benchmarks;

import io.github.offlinestate.OfflineNotification;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

/** Reactor's multicast sink; who emits while another does spins, as its documentation advises. */
final class ReactorPeer implements Peer {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Sinks.Many<OfflineNotification> sink =
            Sinks.many().multicast().directBestEffort();

    @Override
    public Object add(Client client) {
        return sink.asFlux().subscribe((Consumer<OfflineNotification>) client, thrown -> {});
    }

    @Override
    public void remove(Object registration) {
        ((Disposable) registration).dispose();
    }

    @Override
    public void tell(OfflineNotification what) {
        sink.emitNext(what, Sinks.EmitFailureHandler.busyLooping(PATIENCE));
    }
}
