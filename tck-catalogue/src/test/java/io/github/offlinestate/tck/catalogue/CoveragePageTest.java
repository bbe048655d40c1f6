package io.github.offlinestate.tck.catalogue;

import io.github.offlinestate.tck.check.Check;
import io.github.offlinestate.tck.check.ProviderChecks;
import io.github.offlinestate.tck.check.backend.BackendChecks;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.Subject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No test of the kit goes away, and none comes, without being seen: each stands in the page. */
class CoveragePageTest {
    private static final Path PAGE = Path.of("..", "docs", "tck-coverage.md");

    private static final String HEAD = """
            # What tests each rule

            Made from the rules, the kit's tests and the catalogue of faulty providers; the build fails where it is stale.
            *Found on* names the entries of the catalogue that are there for the rule: `offline-state tck --demo NAME` runs
            one, where it is a provider. How long each rule took is in every report. The rules of the access point
            (FIND-3 to FIND-5) are no provider's; the tests of the module api judge them.

            | rule | level | tests | found on |
            |---|---|---|---|
            """;

    @Test
    void thePageSaysWhatThereIs() throws Exception {
        MadePage.expect(PAGE, page());
    }

    private static String page() {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.subject() == Subject.PROVIDER || rule.subject() == Subject.BACKEND)
                .map(CoveragePageTest::row)
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String row(Rule rule) {
        String tests = Stream.concat(ProviderChecks.all().stream(), BackendChecks.all().stream())
                .filter(check -> check.rule() == rule)
                .map(Check::name)
                .sorted()
                .map(name -> '`' + name + '`')
                .collect(Collectors.joining("<br>"));
        String found = Catalogue.entries().stream()
                .filter(entry -> entry.caught().containsKey(rule))
                .map(entry -> '`' + entry.name() + '`')
                .collect(Collectors.joining("<br>"));
        String reason =
                rule.text().untestable().map(why -> "untestable: " + why).orElse(tests);
        return "| " + rule + " | " + rule.level() + " | " + reason + " | " + found + " |\n";
    }
}
