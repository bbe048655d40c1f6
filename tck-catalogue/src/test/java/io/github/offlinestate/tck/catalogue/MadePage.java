package io.github.offlinestate.tck.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of docs/ that is made: the build fails where it is stale, and a property writes it anew. */
final class MadePage {
    private MadePage() {}

    static void expect(Path page, String made) throws IOException {
        if (System.getProperty("offline-state.update") != null) {
            Files.writeString(page, made);
        }
        assertThat(page)
                .as("docs/" + page.getFileName() + "; -Doffline-state.update writes it anew")
                .hasContent(made);
    }
}
