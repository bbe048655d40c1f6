package io.github.offlinestate.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.model.TckReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a real browser shows it. Needs Chromium. */
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

    @TempDir
    Path folder;

    @Test
    void itsScriptRunsAndShowsTheFilter() throws Exception {
        String page = browse("--dump-dom");
        assertThat(page).contains("class=\"filter\"").doesNotContain("hidden=\"hidden\"");
        assertThat(page).contains("id=\"NOTIFY-1\"").doesNotContain("<b>");
    }

    @Test
    void lightAndDarkDiffer() throws Exception {
        int light = pixel(1);
        int dark = pixel(0);
        assertThat(brightness(light)).as("the ground in the light").isGreaterThan(700);
        assertThat(brightness(dark)).as("the ground in the dark").isLessThan(150);
    }

    /** The colour of the ground, left of the text. */
    private int pixel(int preferredColorScheme) throws Exception {
        Path picture = folder.resolve("page-" + preferredColorScheme + ".png");
        browse("--screenshot=" + picture, "--blink-settings=preferredColorScheme=" + preferredColorScheme);
        assertThat(picture).isNotEmptyFile();
        return ImageIO.read(picture.toFile()).getRGB(4, 400);
    }

    private static int brightness(int colour) {
        return ((colour >> 16) & 255) + ((colour >> 8) & 255) + (colour & 255);
    }

    private String browse(String... options) throws Exception {
        TckReport report = SampleReport.withEveryVerdict();
        Path page = Reports.write(report, folder).get(0);
        List<String> command = new ArrayList<>(QUIET);
        command.add("--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Path out = folder.resolve("out");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        assertThat(browser.waitFor(90, TimeUnit.SECONDS)).as("chromium ended").isTrue();
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}
