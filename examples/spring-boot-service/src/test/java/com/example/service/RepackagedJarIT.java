package com.example.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar as it is deployed: providers are found in the jars within it, and the environment chooses one. */
class RepackagedJarIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    @TempDir
    Path folder;

    private Process service;
    private Path log;
    private URI root;

    @AfterEach
    void end() throws InterruptedException {
        service.destroy();
        service.waitFor();
    }

    @Test
    void staysHealthyWhileTheUserIsOffline() throws Exception {
        start("sim");
        assertThat(get("actuator/health/connection").at("/details/state").asString()).isEqualTo("ONLINE");
        assertThat(put("connection/OFFLINE")).isEqualTo("\"SET\"");
        await().atMost(PATIENCE)
                .until(() -> get("actuator/health/connection").at("/details/state").asString().equals("OFFLINE"));
        JsonNode health = get("actuator/health");
        assertThat(health.at("/status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/connection/status").asString()).isEqualTo("UP");
        assertThat(get("actuator/metrics/offline.state?tag=state:offline").at("/measurements/0/value").asInt())
                .isEqualTo(1);
    }

    @Test
    void startsWhereTheSourceIsNotThere() throws Exception {
        start("outlook");
        JsonNode health = get("actuator/health");
        assertThat(health.at("/status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/connection/status").asString()).isEqualTo("UNKNOWN");
        assertThat(health.at("/components/connection/details/reason").asString()).isEqualTo("NOT_OPEN");
        assertThat(Files.readString(log)).contains("outlook", "could not be opened", "trying on");
    }

    private void start(String provider) throws IOException {
        log = folder.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("service.jar"),
                "--server.port=0",
                "--connection.hold=0s");
        builder.environment().putAll(Map.of("OFFLINE_STATE_PROVIDER", provider));
        service = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        await().atMost(PATIENCE).until(() -> port() != null || !service.isAlive());
        assertThat(port()).as(Files.readString(log)).isNotNull();
        root = URI.create("http://localhost:" + port() + "/");
    }

    private String port() throws IOException {
        Matcher matcher = PORT.matcher(Files.readString(log));
        return matcher.find() ? matcher.group(1) : null;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(send(HttpRequest.newBuilder(root.resolve(path)).build()));
    }

    private String put(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(root.resolve(path))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
