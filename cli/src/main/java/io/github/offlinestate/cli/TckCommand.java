package io.github.offlinestate.cli;

import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.fixture.ProviderFixture;
import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.report.ConsoleReport;
import io.github.offlinestate.tck.report.JsonReport;
import io.github.offlinestate.tck.report.Reports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code tck}: judges a provider by the compatibility kit. */
final class TckCommand extends Command {
    /** The kit or the fixture broke: nothing is known of the provider. */
    static final int KIT_BROKE = 3;

    private static final String LOG = "tck.log";

    private final Map<String, Argument<String>> kitOptions = new LinkedHashMap<>();
    private final Argument<Boolean> strict;
    private final Argument<Boolean> allowUnavailable;
    private final Argument<String> demo;

    TckCommand() {
        super(
                "Judge a provider by the compatibility kit: does it keep the contract, rule by rule?",
                "Exit codes: 0 conformant (with gaps: 1 under --strict), 1 not conformant, 2 wrong usage, 3 the kit or"
                        + " the fixture broke. The reports are written into a folder, whose name is printed.");
        kitOption("fixture", "CLASS", "What makes the provider ready (default: one that fits it).");
        kitOption("rule", "ID[,ID...]", "Only these rules or areas, as ADVISE-7,LOST (default: all).");
        kitOption("basis", "BASIS", "Only the rules of this basis: reference, what the published pages say; decision.");
        kitOption("seed", "N", "What random choices are drawn from (default: a new one; it is printed).");
        kitOption("patience", "FACTOR", "Multiplies every waiting, for slow machines (default: 1).");
        kitOption("budget", "DURATION", "Cuts repetitions so that the whole run takes about so long, as 5m.");
        kitOption("exclude", "FILE", "Rules that are left out for a while: RULE | YYYY-MM-DD | owner | reason.");
        kitOption("contract", "VERSION", "The version of the contract to be held to (default: the kit's).");
        kitOption("report", "DIR", "Where the reports go (default: offline-state-tck in the build folder).");
        strict = flag("--strict", "Rules that could not be judged fail the run.");
        allowUnavailable = flag("--allow-unavailable", "A provider that cannot work here does not fail the run.");
        demo = option("--demo", "NAME", "Judge a provider that is wrong on purpose; '--demo list' names them.");
        addSubcommand("explain", new TckExplainCommand());
        addSubcommand("compare", new TckCompareCommand());
    }

    private void kitOption(String name, String label, String description) {
        kitOptions.put(name, option("--" + name, label, description));
    }

    private void addSubcommand(String name, Command command) {
        CommandSpec subcommand = command.spec();
        spec().addSubcommand(name, subcommand);
    }

    @Override
    int run() throws IOException {
        if ("list".equals(demo.value())) {
            results().print(TckFixtures.demos());
            return ExitCode.DONE;
        }
        TckOptions options = options();
        TckFixtures.Chosen chosen = TckFixtures.choose(selection(), options.fixture(), demo.value());
        Path folder = options.reportDirectory().orElseGet(() -> Reports.defaultFolder(Path.of("")));
        try (TckLog log = TckLog.to(folder.resolve(LOG));
                TckRunner runner = runner(chosen.fixture(), options, chosen.arguments())) {
            TckProgress progress = new TckProgress(Output.notes(), Style.ofTerminal());
            TckReport report = runner.run(progress);
            progress.end();
            show(report, folder, log.file());
            return exitCode(report);
        }
    }

    private TckOptions options() {
        try {
            TckOptions options = TckOptions.fromEnvironment();
            for (Map.Entry<String, Argument<String>> option : kitOptions.entrySet()) {
                String value = option.getValue().value();
                options = value == null ? options : options.with(option.getKey(), value);
            }
            options = strict.isGiven() ? options.with("strict", "true") : options;
            return allowUnavailable.isGiven() ? options.with("allow-unavailable", "true") : options;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("tck: " + e.getMessage());
        }
    }

    private TckRunner runner(ProviderFixture fixture, TckOptions options, String arguments) {
        try {
            TckRunner runner = TckRunner.of(
                    fixture,
                    options,
                    (rule, seed) -> Main.NAME + " tck " + arguments + " --rule " + rule + " --seed " + seed);
            if (runner.rules().isEmpty() && runner.subject().unavailable().isEmpty()) {
                runner.close();
                throw CommandException.usage(
                        "tck: no rule of providers is of both --rule and --basis; those of backends are"
                                + " judged in a test that extends OfflineStateBackendTck");
            }
            return runner;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("tck: " + e.getMessage());
        } catch (IllegalStateException e) {
            throw CommandException.of(KIT_BROKE, "tck: " + e.getMessage(), e);
        }
    }

    private void show(TckReport report, Path folder, Path log) throws IOException {
        if (isJson()) {
            results().print(JsonReport.of(report));
        } else {
            results().print(ConsoleReport.of(report));
        }
        Output.notes()
                .line("reports: " + Reports.write(report, folder).get(0).toAbsolutePath() + " and beside it; logged: "
                        + log.toAbsolutePath());
    }

    private static int exitCode(TckReport report) {
        if (report.passed()) {
            return ExitCode.DONE;
        }
        return report.conclusion().overall() == Overall.ERROR ? KIT_BROKE : ExitCode.FAILED;
    }
}
