package io.github.offlinestate.stress;

import io.github.offlinestate.stress.growth.GrowthCommand;
import io.github.offlinestate.stress.races.RacesCommand;
import io.github.offlinestate.stress.soak.SoakCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code java -jar stress.jar}: races, soak, growth. */
@Command(
        name = "stress",
        mixinStandardHelpOptions = true,
        description = "Races and endurance of the engine and the monitor.",
        subcommands = {RacesCommand.class, SoakCommand.class, GrowthCommand.class})
public final class Stress {
    private Stress() {}

    /** Runs a command and ends the JVM with its exit code: 0 passed, 1 failed, 2 wrong usage. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Stress()).execute(args));
    }
}
