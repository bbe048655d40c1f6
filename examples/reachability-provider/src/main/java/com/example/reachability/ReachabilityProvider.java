package com.example.reachability;

import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.HResult;
import io.github.offlinestate.OfflineStateException;
import io.github.offlinestate.spi.Backend;
import io.github.offlinestate.spi.BackendProvider;
import io.github.offlinestate.spi.BackendSink;
import io.github.offlinestate.spi.EngineSettings;
import io.github.offlinestate.spi.PollingBackend;
import io.github.offlinestate.spi.PollingSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;

/** ONLINE while a TCP endpoint answers, else OFFLINE. The profile names it: {@code example.org:443}, {@code [::1]:80}. */
public final class ReachabilityProvider extends BackendProvider {
    private final PollingSettings polling;

    /** For {@link java.util.ServiceLoader}: asks every five seconds. */
    public ReachabilityProvider() {
        this(EngineSettings.DEFAULT, PollingSettings.DEFAULT);
    }

    ReachabilityProvider(EngineSettings engine, PollingSettings polling) {
        super("reachability", engine);
        this.polling = polling;
    }

    @Override
    public Backend openBackend(String profile, BackendSink sink) {
        URI endpoint = endpoint(profile);
        return PollingBackend.open(profile, sink, settings(), polling, () -> stateOf(endpoint));
    }

    private static URI endpoint(String profile) {
        try {
            URI uri = new URI("tcp", profile, null, null, null);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() < 65_536 && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) { // told below
        }
        throw new OfflineStateException(HResult.MAPI_E_NOT_FOUND, "no endpoint HOST:PORT: \"" + profile + '"');
    }

    private static ConnectionState stateOf(URI endpoint) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) { // no socket to be had: this machine cannot ask, a miss
            try {
                channel.socket().connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 3_000);
                return ConnectionState.ONLINE;
            } catch (IOException e) { // refused, timeout, no route, unknown host: the answer that was asked for
                return ConnectionState.OFFLINE;
            }
        }
    }
}
