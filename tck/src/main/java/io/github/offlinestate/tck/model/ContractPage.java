package io.github.offlinestate.tck.model;

import java.util.Locale;

/** The contract as a page of Markdown: what docs/contract.md holds. */
public final class ContractPage {
    private ContractPage() {}

    /**
     * The page.
     *
     * @return Markdown, ended by a line feed
     */
    public static String markdown() {
        Contract contract = Contract.current();
        StringBuilder out = new StringBuilder();
        out.append("# The contract\n\nVersion ").append(contract.version()).append(". ");
        out.append("Made from `contract.xml` of the module tck; ");
        out.append("`mvn -pl tck -am test -Dtest=ContractPageTest -Dsurefire.failIfNoSpecifiedTests=false ");
        out.append("-Doffline-state.update` writes it anew.\n\n");
        out.append(contract.preamble()).append('\n');
        contract.areas().forEach(area -> append(out, area));
        return out.toString();
    }

    private static void append(StringBuilder out, Contract.Area area) {
        out.append("\n## ").append(area.id()).append(": ").append(area.title()).append("\n\n");
        area.rules().forEach(rule -> append(out, rule));
        area.note().ifPresent(note -> out.append('\n').append(note).append('\n'));
    }

    private static void append(StringBuilder out, RuleText rule) {
        out.append("- **").append(rule.rule()).append(' ').append(rule.level()).append("** ");
        out.append(rule.statement()).append(' ').append(source(rule));
        if (rule.subject() == Subject.ACCESS_POINT) {
            out.append(" Binds the access point.");
        }
        rule.untestable().ifPresent(reason -> out.append(" Untestable: ").append(reason));
        out.append('\n');
    }

    private static String source(RuleText rule) {
        String basis = rule.basis().name().toLowerCase(Locale.ROOT);
        return rule.source()
                .filter(page -> rule.basis() == Basis.REFERENCE)
                .map(page -> "[" + basis + ": [" + page.title() + "](" + page.url() + ")]")
                .orElse("[" + basis + "]");
    }
}
