package io.github.offlinestate.tck.model;

import java.util.Optional;

/**
 * What the contract says about one rule.
 *
 * @param rule which rule
 * @param level how binding it is
 * @param basis where it comes from
 * @param subject whom it binds
 * @param since the version of the contract that it came with, as {@code 1.0}
 * @param statement the rule itself
 * @param source the page that it is taken from or belongs to; nothing where the whole area is a decision
 * @param lookFirstAt what to check first when it fails; empty for rules that the kit does not judge
 * @param untestable why no test from outside can show it; empty for all others
 */
public record RuleText(
        Rule rule,
        Level level,
        Basis basis,
        Subject subject,
        String since,
        String statement,
        Optional<Page> source,
        Optional<String> lookFirstAt,
        Optional<String> untestable) {
    /**
     * A page of the reference.
     *
     * @param title its title
     * @param url where it is to be read
     */
    public record Page(String title, String url) {}

    /**
     * Basis and source in words.
     *
     * @return as {@code reference: IMAPIOfflineMgr::Advise} or {@code decision}
     */
    public String sourceInWords() {
        String word = basis == Basis.REFERENCE ? "reference" : "decision";
        return source.filter(page -> basis == Basis.REFERENCE)
                .map(page -> word + ": " + page.title())
                .orElse(word);
    }
}
