package io.github.offlinestate.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.offlinestate.tck.model.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLineTest {
    @TempDir
    Path folder;

    private final TckOptions options = TckOptions.defaults().with("seed", "7");

    private static final class Nested {}

    @Test
    void aClassIsNamedAsMavenTakesIt() {
        assertThat(BuildLine.of(folder, BuildLineTest.class).line(Rule.ADVISE_7, options))
                .isEqualTo("mvn test -Dtest=BuildLineTest -Dofflinestate.tck.rule=ADVISE-7 -Dofflinestate.tck.seed=7");
        assertThat(BuildLine.of(folder, Nested.class).line(Rule.ADVISE_7, options))
                .startsWith("mvn test '-Dtest=BuildLineTest$Nested' ");
    }

    @Test
    void theKitsOwnClassIsFoundByTheBuildAlone() {
        assertThat(BuildLine.ofAllTests(folder).line(Rule.ADVISE_7, options))
                .isEqualTo("mvn test -Dofflinestate.tck.rule=ADVISE-7 -Dofflinestate.tck.seed=7");
    }

    @Test
    void whatTheRunWasToldIsRepeated() {
        TckOptions told = options.with("patience", "3").with("exclude", "left out.txt");
        assertThat(BuildLine.ofAllTests(folder).line(Rule.ADVISE_7, told))
                .endsWith(" -Dofflinestate.tck.patience=3.0 '-Dofflinestate.tck.exclude=left out.txt'");
    }

    @Test
    void gradleRunsItWhereMavenDoesNot() throws IOException {
        Files.createFile(folder.resolve("build.gradle.kts"));
        assertThat(BuildLine.of(folder, BuildLineTest.class).line(Rule.ADVISE_7, options))
                .startsWith("gradle test --tests " + BuildLineTest.class.getName() + " -Dofflinestate.tck.rule=");
        Files.createFile(folder.resolve("pom.xml"));
        assertThat(BuildLine.ofAllTests(folder).line(Rule.ADVISE_7, options)).startsWith("mvn test ");
    }
}
