package io.github.offlinestate.tck.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is printed of a judgement; the table is as docs/mutation.md has it. */
final class MutantTexts {
    private MutantTexts() {}

    static String table(MutantJudgement judgement) {
        Map<String, List<Mutant>> types = judgement.mutants().stream()
                .collect(Collectors.groupingBy(mutant -> mutant.place().type(), TreeMap::new, Collectors.toList()));
        StringBuilder table = new StringBuilder("| class | mutants | killed | |\n|---|---|---|---|\n");
        types.forEach((type, mutants) -> {
            long killed = mutants.stream().filter(Mutant::killed).count();
            // Rounded down: 100 % is all of them.
            table.append(row('`' + type + '`', mutants.size(), killed, 100 * killed / mutants.size() + " %"));
        });
        int all = judgement.mutants().size();
        return table.append(row("all", all, judgement.killed(), percent(judgement.killed(), all)))
                .toString();
    }

    private static String row(String what, int mutants, long killed, String percent) {
        return "| " + what + " | " + mutants + " | " + killed + " | " + percent + " |\n";
    }

    /** How many of all, and how many of those that break the contract. */
    static String closing(MutantJudgement judgement) {
        int killed = judgement.killed();
        int all = judgement.mutants().size();
        int breaking = judgement.thatBreakTheContract();
        return killed + " of " + all + " mutants killed, " + percent(killed, all) + "\n"
                + killed + " of " + breaking + " killed of those that break the contract, " + percent(killed, breaking)
                + " (without " + judgement.lived(MutantKind.SAME) + " that no client can tell from the engine and "
                + judgement.lived(MutantKind.OPEN) + " of what the contract leaves open)\n";
    }

    private static String percent(int part, int whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 100.0 : 100.0 * part / whole);
    }

    static String killedNow(MutantJudgement judgement) {
        return judgement.killedNow().stream()
                .map(line -> "listed, but did not live this time: " + line + "\n")
                .collect(Collectors.joining());
    }

    /** Why the build fails; empty where it does not. */
    static String refusal(MutantJudgement judgement) {
        if (judgement.mutants().isEmpty()) {
            return "PIT's report has no mutants in it";
        }
        if (judgement.unlisted().isEmpty()) {
            return "";
        }
        return judgement.unlisted().stream()
                .map(line -> "not listed: " + line + "\n")
                .collect(Collectors.joining(
                        "",
                        "Mutants lived that the list does not hold:\n",
                        "Kill each by a test of the kit, or list it with its reason in " + MutantList.FILE));
    }
}
