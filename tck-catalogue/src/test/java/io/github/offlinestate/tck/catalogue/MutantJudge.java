package io.github.offlinestate.tck.catalogue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs after PIT in the profile {@code mutation}: prints what was killed, and fails where a mutant lived unlisted. */
final class MutantJudge {
    private MutantJudge() {}

    public static void main(String[] args) throws Exception {
        MutantJudgement judgement;
        try (InputStream xml = Files.newInputStream(Path.of(args[0]))) {
            judgement = MutantJudgement.of(MutantReport.read(xml), MutantList.read());
        }
        System.out.print(MutantTexts.table(judgement));
        System.out.print('\n' + MutantTexts.closing(judgement));
        System.out.print(MutantTexts.killedNow(judgement));
        String refusal = MutantTexts.refusal(judgement);
        if (!refusal.isEmpty()) {
            System.err.println(refusal);
            System.exit(1);
        }
    }
}
