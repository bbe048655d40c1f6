package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("tck")
class TckIT {
    private static final String BRIEF_RULES = "OPEN-1,SET-5,ADVISE-4,NOTIFY-2,LOST-4";

    @TempDir
    Path folder;

    private Jar.Result tck(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "tck";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--report";
        all[all.length - 1] = folder.resolve("reports").toString();
        return Jar.run(all);
    }

    @Test
    @DisplayName("judges the simulated provider through its real source, and writes the reports")
    void judges() {
        Jar.Result result = tck("--provider", "sim", "--rule", BRIEF_RULES);
        assertThat(result.exitCode()).as(result.out()).isZero();
        assertThat(result.out())
                .contains("CONFORMANT WITH GAPS for the full contract")
                .contains("only 5 of ")
                .contains("through the real source: 1 rule");
        assertThat(result.err()).startsWith("reports: ").contains("tck-sim.html");
        assertThat(folder.resolve("reports/tck-sim.html")).isNotEmptyFile();
        assertThat(tck("--provider", "sim", "--rule", BRIEF_RULES, "--strict").exitCode())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("prints the report as JSON, which compare reads")
    void json() throws IOException {
        Jar.Result result = tck("--provider", "sim", "--rule", "ADVISE-4", "--json");
        JsonObject report = JsonParser.parseString(result.out()).getAsJsonObject();
        assertThat(report.getAsJsonArray("rules")).hasSize(1);
        Path later = Files.writeString(
                folder.resolve("later.json"), result.out().replace("\"verdict\": \"PASS\"", "\"verdict\": \"FAIL\""));
        Path earlier = folder.resolve("reports/tck-sim.json");
        Jar.Result same = Jar.run("tck", "compare", earlier.toString(), earlier.toString());
        assertThat(same.exitCode()).as(same.err()).isZero();
        Jar.Result worse = Jar.run("tck", "compare", earlier.toString(), later.toString(), "--json");
        assertThat(worse.exitCode()).isEqualTo(1);
        JsonObject comparison = DocumentedJson.of("`tck compare`").read(worse.out());
        assertThat(comparison.getAsJsonArray("broken").get(0).getAsString()).startsWith("ADVISE-4 MUST PASS -> FAIL");
        Path unclear = Files.writeString(
                folder.resolve("unclear.json"),
                result.out().replace("\"verdict\": \"PASS\"", "\"verdict\": \"INCONCLUSIVE\""));
        Jar.Result notShown = Jar.run("tck", "compare", earlier.toString(), unclear.toString());
        assertThat(notShown.exitCode()).as(notShown.err()).isZero();
        assertThat(notShown.out()).startsWith("no longer shown:\n  ADVISE-4 MUST PASS -> INCONCLUSIVE");
        Path broken = Files.writeString(
                folder.resolve("broken.json"), result.out().replace("\"verdict\": \"PASS\"", "\"verdict\": null"));
        for (String[] wrong : new String[][] {
            {"tck", "compare", earlier.toString(), broken.toString()},
            {"tck", "compare", earlier.toString(), folder.resolve("none").toString()},
            {"tck", "compare", earlier.toString(), Jar.FILE.toString()},
            {"tck", "compare", earlier.toString()},
            {"tck", "compare"},
        }) {
            Jar.Result refused = Jar.run(wrong);
            assertThat(refused.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(refused.err()).hasLineCount(1).doesNotContain("Exception");
        }
    }

    @Test
    @DisplayName("shows on a provider that is wrong on purpose what a failure looks like")
    void demo() {
        Jar.Result list = Jar.run("tck", "--demo", "list");
        assertThat(list.exitCode()).isZero();
        String line = list.outLines().stream()
                .filter(each -> each.endsWith("[ADVISE-4]"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(list.out()));
        Jar.Result result = tck("--demo", line.substring(0, line.indexOf(' ')), "--rule", "ADVISE-4", "--seed", "7");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(1);
        assertThat(result.out())
                .contains("ADVISE-4 MUST FAIL")
                .contains("look first at:")
                .contains("--rule ADVISE-4 --seed 7")
                .contains("NOT CONFORMANT");
    }

    @Test
    @DisplayName("keeps what a provider logs, when the kit makes it fail, out of the terminal")
    void log() {
        Jar.Result result = tck("--provider", "sim", "--rule", "SET-6,NOTIFY-6");
        assertThat(result.err()).hasLineCount(1).startsWith("reports: ").contains("tck.log");
        assertThat(folder.resolve("reports/tck.log")).content().contains("on purpose by the compatibility kit");
    }

    @Test
    @DisplayName("explains a rule, and says which there are")
    void explain() throws IOException {
        Jar.Result text = Jar.run("tck", "explain", "advise-7");
        assertThat(text.out())
                .startsWith("ADVISE-7 MUST (reference")
                .contains("look first at")
                .contains("tck --demo map-by-callback --rule ADVISE-7");
        JsonObject json = DocumentedJson.of("`tck explain`")
                .read(Jar.run("tck", "explain", "SET-8", "--json").out());
        assertThat(json.get("basis").getAsString()).isEqualTo("DECISION");
        Jar.Result unknown = Jar.run("tck", "explain", "SET-99");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("no rule SET-99").contains("SET-12").hasLineCount(1);
    }

    @Test
    @DisplayName("says that a provider cannot work here, which fails the run unless it is allowed")
    void unavailable() {
        Jar.Result refused = tck("--provider", "outlook");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("UNAVAILABLE").contains("Windows");
        assertThat(tck("--provider", "outlook", "--allow-unavailable").exitCode())
                .isZero();
    }

    @Test
    @DisplayName("refuses what it does not understand, in one line")
    void wrongUsage() {
        String[][] wrong = {
            {"--provider", "sim", "--rule", "NO-1"},
            {"--provider", "sim", "--seed", "x"},
            {"--provider", "sim", "--patience", "0"},
            {"--provider", "sim", "--rule", "SET-8", "--basis", "reference"},
            {"--fixture", "com.example.None"},
            {"--fixture", "java.lang.String"},
            {"--demo", "nothing-of-this-name"},
            {},
        };
        for (String[] arguments : wrong) {
            Jar.Result result = tck(arguments);
            assertThat(result.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
            assertThat(result.err()).hasLineCount(1).contains("tck");
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    @DisplayName("never judges something else than was asked for")
    void otherThanAsked() {
        Jar.Result profile = tck("--provider", "sim", "--profile", "mine", "--rule", "SET-7");
        assertThat(profile.exitCode()).isEqualTo(2);
        assertThat(profile.err()).contains("leave out --profile").hasLineCount(1);
        Jar.Result provider = tck("--provider", "sim", "--demo", "plain");
        assertThat(provider.exitCode()).isEqualTo(2);
        assertThat(provider.err()).contains("leave out --provider").hasLineCount(1);
    }

    @Test
    @DisplayName("names the class of a provider that is built on the spi")
    void foreign() throws IOException {
        Path jar = ForeignProvider.foreign(folder, "\"P\"");
        Jar.Result result = tck("--provider-path", jar.toString(), "--provider", "foreign", "--rule", "SET-7,LOST-1");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("provider +foreign \\(stranger.ForeignProvider\\)")
                .contains("injected: 1 rule");
    }

    @Test
    @DisplayName("takes a provider that ends the JVM, or prints, for none that keeps the contract or writes JSON")
    void hostile() throws IOException {
        Path jar = ForeignProvider.ending(folder);
        Jar.Result ended = tck("--provider-path", jar.toString(), "--provider", "ending", "--rule", "SET-7");
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err())
                .contains("the JVM was ended in the middle of the run")
                .contains("EndingProvider.open");
        Path printing = ForeignProvider.printing(folder);
        Jar.Result printed =
                tck("--provider-path", printing.toString(), "--provider", "printing", "--rule", "SET-7", "--json");
        assertThat(printed.out()).startsWith("{");
        assertThat(printed.err()).hasLineCount(1).startsWith("reports: ");
        assertThat(folder.resolve("reports/tck.log")).content().contains("printed by the provider");
    }

    @Test
    @DisplayName(
            "neither waits for ever for a provider that hangs in being found, nor passes one that ends the JVM in it")
    void unfinished() throws IOException {
        Path hanging = ForeignProvider.unfinished(folder, "LockSupport.park()");
        Jar.Result hung = tck("--provider-path", hanging.toString(), "--provider", "unfinished", "--patience", "0.1");
        assertThat(hung.exitCode()).isEqualTo(3);
        assertThat(hung.err())
                .contains("nothing was judged", "hung for 2000 ms")
                .contains("stranger.UnfinishedProvider.<init>");
        Path ending = ForeignProvider.unfinished(folder, "System.exit(0)");
        Jar.Result ended = tck("--provider-path", ending.toString(), "--provider", "unfinished");
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.err()).contains("the JVM was ended in the middle of the run");
    }

    @Test
    @DisplayName("says 1 with a verdict only: 2 for what is not there, 3 where the reports cannot be written")
    void noVerdict() {
        String missing = folder.resolve("missing.jar").toString();
        for (String[] wrong : new String[][] {
            {"--provider", "nobody"},
            {"--provider", "sim", "--provider-path", missing},
            {"--provider", "sim", "--contract", "99.0"},
        }) {
            Jar.Result result = tck(wrong);
            assertThat(result.exitCode()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(result.err()).hasLineCount(1).contains(wrong[wrong.length - 1]);
        }
        Jar.Result unwritable = Jar.run("tck", "--provider", "sim", "--report", Jar.FILE.toString());
        assertThat(unwritable.exitCode()).isEqualTo(3);
        assertThat(unwritable.err()).contains("cannot be written into").hasLineCount(1);
    }
}
