package com.example.service;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.ConnectionStatus;
import io.github.offlinestate.Connectivity;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * The component "connection" of the health. A user who is offline is no fault of the service, so it is never DOWN: a
 * platform would restart the service for that. UNKNOWN says that nobody can tell, and does not make the whole DOWN either.
 */
@Component
class ConnectionHealthIndicator implements HealthIndicator {
    private final ConnectionMonitor monitor;

    ConnectionHealthIndicator(ConnectionMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public Health health() {
        ConnectionStatus status = monitor.status();
        Health.Builder health = status.state() == Connectivity.UNKNOWN ? Health.unknown() : Health.up();
        return health.withDetail("state", status.state())
                .withDetail("since", status.since())
                .withDetail("reason", status.reason())
                .build();
    }
}
