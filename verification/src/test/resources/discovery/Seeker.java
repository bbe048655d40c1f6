package com.acme.app;

import io.github.offlinestate.*;
import java.util.concurrent.CompletableFuture;

public final class Seeker {
    public static void main(String[] args) throws Exception {
        try {
            switch (args[0]) {
                case "list" -> OfflineManagers.providers().forEach(System.out::println);
                case "open" -> open();
                case "pool" -> CompletableFuture.runAsync(Seeker::open).join();
                case "named" -> open(OfflineManagers.directory().choose(args[1]));
                default -> throw new IllegalArgumentException(args[0]);
            }
        } catch (DiscoveryException e) {
            System.out.println(e.getMessage());
            System.exit(3);
        }
    }

    private static void open() {
        OfflineStateProvider chosen = OfflineManagers.directory().choose();
        try (OfflineManager manager = OfflineManagers.open()) {
            System.out.println("opened " + chosen.name() + ": " + manager.currentState());
        }
    }

    private static void open(OfflineStateProvider chosen) {
        try (OfflineManager manager = OfflineManagers.open(chosen, "Default")) {
            System.out.println("opened " + chosen.name() + ": " + manager.currentState());
        }
    }
}
