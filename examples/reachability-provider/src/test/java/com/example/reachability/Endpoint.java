package com.example.reachability;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A real server on this machine that goes up and down, always on the same port. */
final class Endpoint implements AutoCloseable {
    // Below the ports that clients get: a client that tries a port of those again and again may connect to itself.
    private static final int LOWEST_PORT = 20_000;
    private static final int PORTS = 10_000;

    private final InetSocketAddress address;
    private ServerSocket server;
    private Thread serving;

    private Endpoint(ServerSocket server) {
        this.address = (InetSocketAddress) server.getLocalSocketAddress();
        serve(server);
    }

    static Endpoint up() throws IOException {
        while (true) {
            int port = LOWEST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try {
                return new Endpoint(listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            } catch (BindException e) {
                // taken; another one will be free
            }
        }
    }

    String profile() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    synchronized void goUp() throws IOException {
        if (server.isClosed()) {
            serve(listen(address));
        }
    }

    /** Returns when the port is free again: it is not as long as the thread still comes out of accept(). */
    synchronized void goDown() throws IOException {
        server.close();
        try {
            serving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the port was free");
        }
    }

    @Override
    public void close() throws IOException {
        goDown();
    }

    private static ServerSocket listen(InetSocketAddress address) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(address);
            return server;
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Takes each connection and ends it; nobody who is not taken would wait for ever. */
    private void serve(ServerSocket listening) {
        server = listening;
        serving = new Thread(
                () -> {
                    while (!listening.isClosed()) {
                        try {
                            listening.accept().close();
                        } catch (IOException e) {
                            if (!listening.isClosed()) {
                                throw new UncheckedIOException(e);
                            }
                        }
                    }
                },
                "endpoint " + profile());
        serving.setDaemon(true);
        serving.start();
    }
}
