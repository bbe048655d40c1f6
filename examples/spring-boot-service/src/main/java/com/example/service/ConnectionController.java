package com.example.service;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionState;
import io.github.offlinestate.SetOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** "Work offline", and back. */
@RestController
class ConnectionController {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final ConnectionMonitor monitor;

    ConnectionController(ConnectionMonitor monitor) {
        this.monitor = monitor;
    }

    /** Answers how it ended, as SET or NOT_SUPPORTED; no thread waits for it. */
    @PutMapping("/connection/{state}")
    CompletableFuture<SetOutcome.Kind> set(@PathVariable ConnectionState state) {
        return monitor.setAsync(state, LONGEST).thenApply(SetOutcome::kind);
    }
}
