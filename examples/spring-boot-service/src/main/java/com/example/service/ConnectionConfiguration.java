package com.example.service;

import io.github.offlinestate.ConnectionMonitor;
import io.github.offlinestate.Connectivity;
import io.github.offlinestate.micrometer.ConnectionMonitorMetrics;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One monitor for the whole application; Spring closes it. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {
    @Bean
    ConnectionMonitor connectionMonitor(@Value("${connection.hold:5s}") Duration hold) {
        return ConnectionMonitor.builder()
                .keepTrying() // the service starts, whether Outlook has been started or not
                .hold(Connectivity.OFFLINE, hold)
                .open();
    }

    /** Bound to the registry by Spring Boot, as every MeterBinder is. */
    @Bean
    ConnectionMonitorMetrics connectionMetrics(ConnectionMonitor monitor) {
        return new ConnectionMonitorMetrics(monitor);
    }
}
