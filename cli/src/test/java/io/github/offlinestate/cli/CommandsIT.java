package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("status, set, profiles, providers")
class CommandsIT {
    private static String foreign;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        foreign = ForeignProvider.foreign(folder, "\"Büro\", \"a\\u001b[31mb\"").toString();
    }

    private static JsonObject json(Jar.Result result, String section) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.outLines()).hasSize(1);
        return DocumentedJson.of("`" + section + "`").read(result.out());
    }

    @Test
    @DisplayName("status tells the profile, the provider, the capabilities and the state")
    void status() throws IOException {
        Jar.Result text = Jar.run("status", "--provider", "sim");
        assertThat(text.exitCode()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.outLines())
                .containsExactly(
                        "profile   Default",
                        "provider  sim",
                        "notifies  OFFLINE, ONLINE",
                        "can set   yes",
                        "state     ONLINE");
        JsonObject json = json(Jar.run("status", "--provider", "sim", "--profile", "Travel", "--json"), "status");
        assertThat(json.get("profile").getAsString()).isEqualTo("Travel");
        assertThat(json.get("state").getAsString()).isEqualTo("ONLINE");
    }

    @Test
    @DisplayName("set says what happened, with and without waiting")
    void set() throws IOException {
        Jar.Result text = Jar.run("set", "offline", "--provider", "sim");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).isEqualTo("Default (sim): changed from ONLINE to OFFLINE\n");
        JsonObject unchanged = json(Jar.run("set", "ONLINE", "--provider", "sim", "--json"), "set");
        assertThat(unchanged.get("outcome").getAsString()).isEqualTo("unchanged");
        JsonObject requested = json(Jar.run("set", "OFFLINE", "--provider", "sim", "--no-wait", "--json"), "set");
        assertThat(requested.get("outcome").getAsString()).isEqualTo("requested");
    }

    @Test
    @DisplayName("a stranger's jar is found by --provider-path, and chosen where it is the only usable one")
    void providerPath() throws IOException {
        JsonObject status = json(Jar.run("status", "--provider-path", foreign, "--json"), "status");
        assertThat(status.get("provider").getAsString()).isEqualTo("foreign");
        assertThat(status.get("profile").getAsString()).isEqualTo("Büro");
        String folder = Path.of(foreign).getParent().toString();
        JsonObject profiles = json(Jar.run("profiles", "--provider-path", folder, "--json"), "profiles");
        assertThat(profiles.getAsJsonArray("profiles").asList())
                .extracting(element -> element.getAsString())
                .containsExactly("Büro", "a\u001b[31mb");
        JsonObject changed = json(Jar.run("set", "OFFLINE", "--provider-path", foreign, "--json"), "set");
        assertThat(changed.get("outcome").getAsString()).isEqualTo("changed");
    }

    @Test
    @DisplayName("profiles lists the default first, and shows what a terminal must not be sent as an escape")
    void profiles() {
        Jar.Result result = Jar.run("profiles", "--provider-path", foreign);
        assertThat(result.exitCode()).isZero();
        assertThat(result.outLines()).containsExactly("Büro", "a\\u001b[31mb");
        assertThat(Jar.run("profiles", "--provider", "sim", "--profile", "Travel")
                        .out())
                .isEqualTo("Travel\n");
    }

    @Test
    @DisplayName("providers lists the usable, the unavailable and the broken, each with what is known")
    void providers(@TempDir Path folder) throws IOException {
        String broken = ForeignProvider.pack(
                        Files.createDirectory(folder.resolve("empty")),
                        "stranger.Missing",
                        folder.resolve("broken.jar"))
                .toString();
        Jar.Result result = Jar.run("providers", "--provider-path", foreign, "--provider-path", broken, "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonObject json = DocumentedJson.parse(result.out());
        DocumentedJson entry = DocumentedJson.of("`providers`");
        List<JsonObject> providers = json.getAsJsonArray("providers").asList().stream()
                .map(element -> element.getAsJsonObject())
                .toList();
        providers.forEach(entry::check);
        assertThat(providers)
                .extracting(one -> one.get("class").getAsString())
                .contains("io.github.offlinestate.sim.SimulatedProvider", "stranger.ForeignProvider")
                .last()
                .isEqualTo("stranger.Missing");
        assertThat(providers.get(providers.size() - 1).get("broken").getAsBoolean())
                .isTrue();
        Jar.Result text = Jar.run("providers", "--provider", "sim", "--profile", "Travel");
        assertThat(text.out()).startsWith("sim ").contains(": usable, by its name only, priority 0\n  from ");
        assertThat(text.outLines()).hasSize(2);
    }

    @Test
    @DisplayName("two processes do not get in each other's way")
    void twoAtOnce() {
        Jar.Running one = Jar.command("set", "OFFLINE", "--provider", "sim").start();
        Jar.Running other = Jar.command("set", "OFFLINE", "--provider", "sim").start();
        assertThat(one.result()).isEqualTo(other.result());
        assertThat(one.result().out()).contains("changed from ONLINE to OFFLINE");
    }

    @Test
    @DisplayName("doctor tells the machine, Outlook and the providers, and no folder of the user's")
    void doctor() throws IOException {
        JsonObject json = json(Jar.run("doctor", "--json"), "doctor");
        assertThat(json.getAsJsonObject("outlook").get("status").getAsString()).isNotEmpty();
        assertThat(json.getAsJsonObject("machine").get("Java").getAsString())
                .contains(System.getProperty("java.runtime.version"));
        Jar.Result text = Jar.run("doctor", "--provider", "outlook");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .contains("\nOutlook: ", "\nProviders\noutlook ")
                .doesNotContain("SimulatedProvider", System.getProperty("user.home") + "/");
    }

    @Test
    @DisplayName("status says in one line why Outlook cannot be asked here, and the provider is listed all the same")
    void outlook() {
        assumeThat(System.getProperty("os.name")).doesNotContain("Windows");
        Jar.Result status = Jar.run("status", "--provider", "outlook");
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).isEmpty();
        assertThat(status.err()).hasLineCount(1).startsWith("offline-state: the provider outlook is not available: ");
        Jar.Result listed = Jar.run("providers", "--provider", "outlook");
        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out()).startsWith("outlook ").contains(": not available, ", "Windows only");
    }
}
