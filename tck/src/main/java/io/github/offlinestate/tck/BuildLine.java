package io.github.offlinestate.tck;

import io.github.offlinestate.tck.model.Rule;
import java.nio.file.Files;
import java.nio.file.Path;

/** A line that lets the build in this folder run one rule again: Maven's, or Gradle's where there is only that. */
final class BuildLine implements Reproduce {
    private final String command;

    private BuildLine(String command) {
        this.command = command;
    }

    /** For a class that the build finds by its name. */
    static BuildLine of(Path here, Class<?> testClass) {
        String name = testClass.getName();
        return new BuildLine(
                isGradle(here)
                        ? "gradle test --tests " + Reproduce.quoted(name)
                        : "mvn test " + Reproduce.quoted("-Dtest=" + name.substring(name.lastIndexOf('.') + 1)));
    }

    /** For the kit's own class, which runs in a suite or out of the kit's jar: only the build knows as what. */
    static BuildLine ofAllTests(Path here) {
        return new BuildLine(isGradle(here) ? "gradle test" : "mvn test");
    }

    private static boolean isGradle(Path here) {
        return !Files.exists(here.resolve("pom.xml"))
                && (Files.exists(here.resolve("build.gradle")) || Files.exists(here.resolve("build.gradle.kts")));
    }

    @Override
    public String line(Rule rule, TckOptions options) {
        StringBuilder line = new StringBuilder(command);
        option(line, "rule", rule.id());
        option(line, "seed", Long.toString(options.seed()));
        options.told().forEach((name, value) -> option(line, name, value));
        return line.toString();
    }

    private static void option(StringBuilder line, String name, String value) {
        line.append(' ').append(Reproduce.quoted("-D" + TckOptions.property(name) + "=" + value));
    }
}
