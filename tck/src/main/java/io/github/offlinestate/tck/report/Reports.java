package io.github.offlinestate.tck.report;

import io.github.offlinestate.tck.model.TckReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes every report of a run into a folder: {@code tck-NAME.html}, {@code .md}, {@code .json}, {@code .svg} (a badge)
 * and {@code TEST-tck-NAME.xml} (JUnit's format), where NAME is the provider's.
 */
public final class Reports {
    private Reports() {}

    /**
     * Writes them, in place of those of an earlier run.
     *
     * @param report what was found out
     * @param folder where to; made where it is not there
     * @return the files, the page for people first
     * @throws IOException where a file cannot be written
     */
    public static List<Path> write(TckReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = "tck-" + fileName(report.subject().name());
        Map<String, String> files = new LinkedHashMap<>();
        files.put(name + ".html", HtmlReport.of(report));
        files.put(name + ".md", MarkdownReport.of(report));
        files.put(name + ".json", JsonReport.of(report));
        files.put("TEST-" + name + ".xml", JUnitXmlReport.of(report));
        files.put(name + ".svg", Badge.of(report));
        for (Map.Entry<String, String> file : files.entrySet()) {
            // As bytes, so that half a surrogate pair in somebody's name becomes a question mark and not an exception.
            Files.write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return files.keySet().stream().map(folder::resolve).toList();
    }

    /**
     * Where reports go unless told: beside the other results of the build that is run here.
     *
     * @param here the folder of the build
     * @return {@code target/offline-state-tck} of a Maven build, {@code build/offline-state-tck} of a Gradle one,
     *     {@code offline-state-tck} elsewhere
     */
    public static Path defaultFolder(Path here) {
        String name = "offline-state-tck";
        if (Files.exists(here.resolve("pom.xml"))) {
            return here.resolve("target").resolve(name);
        }
        boolean gradle = Files.exists(here.resolve("build.gradle")) || Files.exists(here.resolve("build.gradle.kts"));
        return gradle ? here.resolve("build").resolve(name) : here.resolve(name);
    }

    private static String fileName(String provider) {
        String safe = provider.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return safe.isEmpty() ? "unnamed" : safe.substring(0, Math.min(80, safe.length()));
    }
}
