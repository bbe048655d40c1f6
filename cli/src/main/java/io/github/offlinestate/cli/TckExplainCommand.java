package io.github.offlinestate.cli;

import io.github.offlinestate.tck.catalogue.Catalogue;
import io.github.offlinestate.tck.catalogue.CatalogueEntry;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.RuleText;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.TypeConversionException;

/** {@code tck explain}: what the contract says about a rule, and what to look at first when it fails. */
final class TckExplainCommand extends Command {
    private final Argument<Rule> rule = argument(
            "RULE",
            TckExplainCommand::parse,
            Arrays.stream(Rule.values()).map(Rule::id).toList(),
            "As ADVISE-7.");

    TckExplainCommand() {
        super("Show what the contract says about a rule, where it comes from, and what to look at when it fails.");
    }

    private static Rule parse(String id) {
        return Rule.of(id)
                .orElseThrow(() ->
                        new TypeConversionException("there is no rule " + id + "; its area has " + rulesLike(id)));
    }

    private static String rulesLike(String id) {
        String area = id.contains("-") ? id.substring(0, id.indexOf('-')) : id;
        List<String> same = Arrays.stream(Rule.values())
                .filter(each -> each.area().equalsIgnoreCase(area))
                .map(Rule::id)
                .toList();
        return same.isEmpty()
                ? "none either: the areas are "
                        + String.join(
                                ", ",
                                Arrays.stream(Rule.values())
                                        .map(Rule::area)
                                        .distinct()
                                        .toList())
                : String.join(", ", same);
    }

    @Override
    int run() {
        RuleText text = rule.required().text();
        if (isJson()) {
            results()
                    .line(Json.object()
                            .member("rule", text.rule().id())
                            .member("level", text.level().name())
                            .member("basis", text.basis().name())
                            .member("subject", text.subject().name())
                            .member("since", text.since())
                            .member("statement", text.statement())
                            .member(
                                    "source",
                                    text.source().map(RuleText.Page::url).orElse(""))
                            .member("lookFirstAt", text.lookFirstAt().orElse(""))
                            .member("untestable", text.untestable().orElse(""))
                            .member("demos", demos(text))
                            .end());
            return ExitCode.DONE;
        }
        StringBuilder out = new StringBuilder();
        out.append(text.rule()).append(' ').append(text.level()).append(" (").append(text.sourceInWords());
        out.append(", since contract ")
                .append(text.since())
                .append(")\n\n")
                .append(text.statement())
                .append('\n');
        text.lookFirstAt()
                .ifPresent(look -> out.append("\nWhen it fails, look first at: ")
                        .append(look)
                        .append('\n'));
        text.untestable()
                .ifPresent(why -> out.append("\nNo test from outside can show it: ")
                        .append(why)
                        .append('\n'));
        demos(text)
                .forEach(demo -> out.append("\nSee it fail: ")
                        .append(Main.NAME + " tck --demo ")
                        .append(demo)
                        .append(" --rule ")
                        .append(text.rule()));
        out.append(demos(text).isEmpty() ? "" : "\n");
        text.source().ifPresent(page -> out.append('\n').append(page.url()).append('\n'));
        results().print(out.toString());
        return ExitCode.DONE;
    }

    /** The providers of the catalogue that break it. */
    private static List<String> demos(RuleText text) {
        return Catalogue.entries().stream()
                .filter(entry -> entry.provider().isPresent() && entry.caught().containsKey(text.rule()))
                .map(CatalogueEntry::name)
                .toList();
    }
}
