package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("watch of changes, wait, history and demo")
class HistoryIT {
    @TempDir
    private Path folder;

    private String record(String scenario) {
        String file = folder.resolve(scenario + ".jsonl").toString();
        Jar.Result result = Jar.run("watch", "--scenario", scenario, "--virtual-time", "--history", file);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return file;
    }

    @Test
    @DisplayName("a replay comes first, and what does not last is held back and counted; twice the same bytes")
    void changes() throws IOException {
        String[] arguments = {
            "watch", "--scenario", "flapping-link", "--virtual-time", "--json", "--replay", "--hold-offline", "20s"
        };
        Jar.Running one = Jar.command(arguments).start();
        Jar.Running raw = Jar.command("watch", "--scenario", "flapping-link", "--virtual-time", "--json", "--replay")
                .start();
        Jar.Result held = Jar.run(arguments);
        assertThat(one.result().out()).isEqualTo(held.out());
        DocumentedJson schema = DocumentedJson.of("`watch` of changes");
        List<JsonObject> lines = held.outLines().stream().map(schema::read).toList();
        assertThat(lines.get(0).get("cause").getAsString()).isEqualTo("REPLAYED");
        assertThat(held.outLines().size()).isLessThan(raw.result().outLines().size());
        assertThat(lines).anyMatch(line -> line.get("damped").getAsInt() > 0);
        List<JsonObject> wired = lines.stream()
                .filter(line -> line.get("profile").getAsString().equals("Wired"))
                .toList();
        for (int i = 1; i < wired.size(); i++) {
            assertThat(wired.get(i).get("old")).isEqualTo(wired.get(i - 1).get("new"));
        }
    }

    @Test
    @DisplayName("a recording is summed up, also of several sessions and where it was cut off")
    void sumUp() throws IOException {
        String file = record("outlook-crash");
        JsonObject first = onlyRecording(Jar.run("history", file, "--json"));
        assertThat(first.get("profile").getAsString()).isEqualTo("Outlook");
        assertThat(first.get("unknownMillis").getAsLong()).isEqualTo(12 * 60_000);
        assertThat(first.get("onlineMillis").getAsLong()
                        + first.get("offlineMillis").getAsLong()
                        + first.get("unknownMillis").getAsLong())
                .isEqualTo(3 * 3_600_000);
        record("outlook-crash");
        Files.writeString(Path.of(file), "{\"provider\":\"sim\",\"prof", StandardOpenOption.APPEND);
        Jar.Result twice = Jar.run("history", file, "--json");
        assertThat(onlyRecording(twice).get("onlineMillis").getAsLong())
                .isEqualTo(2 * first.get("onlineMillis").getAsLong());
        assertThat(twice.err()).contains("the last line is not whole");
        assertThat(Jar.run("history", file).out()).contains("sim/Outlook, ", "UNKNOWN    6.7 %", " changes, ");
    }

    private static JsonObject onlyRecording(Jar.Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonArray recordings = DocumentedJson.parse(result.out()).getAsJsonArray("recordings");
        assertThat(recordings).hasSize(1);
        JsonObject recording = recordings.get(0).getAsJsonObject();
        DocumentedJson.of("`history`").check(recording);
        return recording;
    }

    @Test
    @DisplayName("a file that is no recording is refused where it is wrong")
    void wrongFiles() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), "{}\n{}\n");
        Jar.Result refused = Jar.run("history", wrong.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("wrong.jsonl:1: there is no at").hasLineCount(1);
        assertThat(Jar.run("history", folder.resolve("none").toString()).err()).contains("cannot be read");
        Jar.Result folderAsFile = Jar.run("watch", "--history", folder.toString());
        assertThat(folderAsFile.exitCode()).isEqualTo(1);
        assertThat(folderAsFile.err()).contains("cannot be written");
    }

    @Test
    @DisplayName("a full disk under the history ends the watch with an error")
    void fullDisk() {
        assumeThat(Path.of("/dev/full")).exists();
        Jar.Result result = Jar.run("watch", "--scenario", "demo", "--virtual-time", "--history", "/dev/full");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("the history /dev/full could not be written");
    }

    @Test
    @DisplayName("wait ends with 0 when the state comes, with 1 when the time is over")
    void waitFor() throws IOException {
        Jar.Running later =
                Jar.command("wait", "OFFLINE", "--scenario", "demo", "--json").start();
        Jar.Result never = Jar.run("wait", "OFFLINE", "--scenario", "demo", "--speed", "0.001", "--timeout", "50ms");
        assertThat(never.exitCode()).isEqualTo(1);
        assertThat(never.err()).contains("is ONLINE, and was not OFFLINE within");
        assertThat(later.result().exitCode()).isZero();
        JsonObject reached = DocumentedJson.of("`wait`").read(later.result().out());
        assertThat(reached.get("reached").getAsBoolean()).isTrue();
        assertThat(Jar.run("wait", "online", "--scenario", "demo").out()).isEqualTo("Default (sim) is ONLINE\n");
    }

    @Test
    @DisplayName("the demonstration counts the mistakes of the one, and none of the other")
    void demo() throws IOException {
        Jar.Result result = Jar.run("demo", "--for", "2s", "--json");
        assertThat(result.exitCode()).as(result.err()).isZero();
        JsonObject json = DocumentedJson.of("`demo`").read(result.out());
        assertThat(json.getAsJsonObject("byHand").get("doubled").getAsInt()).isPositive();
        assertThat(json.getAsJsonObject("connectionMonitor").asMap().values())
                .hasSize(4)
                .allMatch(count -> count.getAsInt() == 0);
        Jar.Result text = Jar.run("demo", "--for", "0s");
        assertThat(text.outLines().get(0)).startsWith("simulation, not real states: ");
        assertThat(text.out()).contains("by hand    ", "ConnectionMonitor       0        0            0        0\n");
    }

    @Test
    @DisplayName("a page needs nothing but itself")
    void page() throws IOException {
        Path page = folder.resolve("page.html");
        Jar.Result result = Jar.run("history", record("demo"), "--html", page.toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(Files.readString(page))
                .contains("<rect class=\"offline\"", "<rect class=\"unknown\"", "sim/Default", "demo.jsonl")
                .doesNotContain(folder.toString())
                .doesNotContain("{{", "<script", "http:", "https:", "url(", "src=");
        Path flapping = folder.resolve("flapping.html");
        Jar.run("history", record("flapping-link"), "--html", flapping.toString());
        assertThat(Files.readString(flapping)).contains("<rect class=\"flap\"", " more</p>");
    }

    @Test
    @Tag("browser")
    @DisplayName("a browser shows the page, in the light and in the dark")
    void browser() throws IOException {
        Path page = folder.resolve("page.html");
        assertThat(Jar.run("history", record("demo"), "--html", page.toString()).exitCode())
                .isZero();
        assertThat(inChromium("--dump-dom", page).out()).contains("Timeline of sim/Default");
        for (String scheme : List.of("0", "1")) {
            inChromium(
                    "--screenshot=" + folder.resolve(scheme + ".png"),
                    page,
                    "--window-size=1000,700",
                    "--blink-settings=preferredColorScheme=" + scheme);
        }
        assertThat(Files.mismatch(folder.resolve("0.png"), folder.resolve("1.png")))
                .as("dark and light differ")
                .isNotNegative();
    }

    private Jar.Result inChromium(String task, Path page, String... more) {
        String chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .filter(name -> Jar.canRun(name, "--version"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("needs Chromium"));
        String[] command = Stream.of(
                        Stream.of(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
                        // It would look for its maker's hosts at every start.
                        Stream.of("--disable-background-networking", "--disable-component-update", "--disable-sync"),
                        Stream.of("--user-data-dir=" + folder.resolve("browser"), task),
                        Stream.of(more),
                        Stream.of(page.toUri().toString()))
                .flatMap(part -> part)
                .toArray(String[]::new);
        Jar.Result shown = Jar.program(command).result();
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        return shown;
    }
}
