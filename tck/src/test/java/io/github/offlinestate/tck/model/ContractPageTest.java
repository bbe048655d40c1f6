package io.github.offlinestate.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContractPageTest {
    private static final Path PAGE = Path.of("..", "docs", "contract.md");

    @Test
    void thePageSaysWhatTheRulesFileSays() throws Exception {
        if (System.getProperty("offline-state.update") != null) {
            Files.writeString(PAGE, ContractPage.markdown());
        }
        assertThat(PAGE)
                .as("docs/contract.md is made from contract.xml; -Doffline-state.update writes it anew")
                .hasContent(ContractPage.markdown());
    }
}
