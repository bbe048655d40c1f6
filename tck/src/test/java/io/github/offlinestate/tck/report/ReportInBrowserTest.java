package io.github.offlinestate.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.offlinestate.tck.model.RuleResult;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.model.Verdict;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real browser shows it. Needs Chromium; started few times, for a start takes seconds. */
@Tag("browser")
class ReportInBrowserTest {
    private static final List<String> QUIET = List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--window-size=1200,1600");

    private static final Duration BOUND = Duration.ofSeconds(90);

    private static final String LIGHT = "preferredColorScheme=1";
    private static final String DARK = "preferredColorScheme=0";

    /** The colour of a kept rule's cell in the light, as in report.css. */
    private static final int PASS = 0x1a7f37;
    /** How many points of a cell have its colour at the least; the others are the rule's number. */
    private static final int CELL = 300;

    private static final TckReport REPORT = SampleReport.withEveryVerdict();

    @TempDir
    static Path folder;

    private static URI page;

    /** In the light, with scripts. */
    private static View light;

    /** What the browser made of the page. */
    private record View(String dom, BufferedImage picture) {
        int brightnessOfTheGround() {
            int colour = picture.getRGB(4, 400); // left of the text
            return ((colour >> 16) & 255) + ((colour >> 8) & 255) + (colour & 255);
        }

        /** How many rows from the top on are as in the other picture. */
        int rowsAsIn(View other) {
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    if (picture.getRGB(x, y) != other.picture.getRGB(x, y)) {
                        return y;
                    }
                }
            }
            return picture.getHeight();
        }

        int count(int colour, int rows) {
            int found = 0;
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    found += (picture.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
                }
            }
            return found;
        }
    }

    @BeforeAll
    static void look() throws Exception {
        page = Reports.write(REPORT, folder).get(0).toUri();
        light = view(page, LIGHT);
    }

    @Test
    void itsScriptRunsAndShowsTheFilter() {
        assertThat(light.dom()).contains("class=\"filter\"").doesNotContain("hidden=\"hidden\"");
        assertThat(light.dom()).contains("id=\"NOTIFY-1\"").doesNotContain("<b>");
    }

    @Test
    void lightAndDarkDiffer() throws Exception {
        assertThat(light.brightnessOfTheGround()).as("the ground in the light").isGreaterThan(700);
        assertThat(view(page, DARK).brightnessOfTheGround())
                .as("the ground in the dark")
                .isLessThan(150);
    }

    @Test
    void withoutScriptsTheVerdictAndTheWholeMatrixAreThereToRead() throws Exception {
        View without = view(withoutScripts(), LIGHT);
        assertThat(without.dom()).as("the filter, which a script shows").contains("hidden=\"hidden\"");
        assertThat(without.dom()).contains("<h1>ERROR</h1>");
        assertThat(REPORT.results())
                .extracting(result -> "href=\"#" + result.rule().id() + "\"")
                .allSatisfy(cell -> assertThat(without.dom()).contains(cell));
        // What is in the document need not be seen: down to the filter, the picture is the one with scripts.
        int above = without.rowsAsIn(light);
        assertThat(above)
                .as("the first row that scripts change")
                .isLessThan(without.picture().getHeight());
        assertThat(without.count(PASS, above))
                .as("points in the colour of kept rules above that row")
                .isGreaterThan(CELL * kept());
    }

    /** The page, but no script of it may run. Where the browser itself is told so, it shows nothing when headless. */
    private static URI withoutScripts() throws IOException {
        String policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'\">";
        String text = Files.readString(Path.of(page)).replaceFirst("<head>", "<head>" + policy);
        assertThat(text).contains(policy);
        return Files.writeString(folder.resolve("without-scripts.html"), text).toUri();
    }

    private static int kept() {
        return (int) REPORT.results().stream()
                .map(RuleResult::verdict)
                .filter(Verdict.PASS::equals)
                .count();
    }

    @Test
    void itFitsOnPaper() throws Exception {
        Path paper = folder.resolve("page.pdf");
        browse(page, "--print-to-pdf=" + paper);
        assertThat(paper).isNotEmptyFile();
        String pdf = Files.readString(paper, StandardCharsets.ISO_8859_1);
        assertThat(pdf).startsWith("%PDF-");
        assertThat(Pattern.compile("/Type */Page\\b").matcher(pdf).results())
                .as("pages")
                .isNotEmpty();
    }

    @Test
    void aBrowserThatHangsIsDestroyedAfterItsBound() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            Process browser = start(address, "--dump-dom");
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> end(browser, Duration.ofSeconds(2)))
                    .withMessageContaining("chromium ended within");
            assertThat(browser.isAlive()).isFalse();
        }
    }

    private static View view(URI address, String settings) throws Exception {
        Path picture = Files.createTempFile(folder, "page", ".png");
        String dom = browse(address, "--dump-dom", "--screenshot=" + picture, "--blink-settings=" + settings);
        assertThat(picture).isNotEmptyFile();
        return new View(dom, ImageIO.read(picture.toFile()));
    }

    private static String browse(URI address, String... options) throws Exception {
        end(start(address, options), BOUND);
        return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    private static Process start(URI address, String... options) throws IOException {
        List<String> command = new ArrayList<>(QUIET);
        command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        command.addAll(List.of(options));
        command.add(address.toString());
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    /** Waits for the end. What hangs is destroyed, with the processes that it has started. */
    private static void end(Process browser, Duration bound) throws InterruptedException {
        try {
            assertThat(browser.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS))
                    .as("chromium ended within " + bound)
                    .isTrue();
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(browser.destroyForcibly().waitFor(10, TimeUnit.SECONDS))
                    .as("chromium was destroyed")
                    .isTrue();
        }
    }
}
