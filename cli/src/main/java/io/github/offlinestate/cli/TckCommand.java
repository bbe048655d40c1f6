package io.github.offlinestate.cli;

import io.github.offlinestate.tck.Reproduce;
import io.github.offlinestate.tck.TckOptions;
import io.github.offlinestate.tck.TckRunner;
import io.github.offlinestate.tck.model.Overall;
import io.github.offlinestate.tck.model.Rule;
import io.github.offlinestate.tck.model.SubjectInfo;
import io.github.offlinestate.tck.model.TckReport;
import io.github.offlinestate.tck.report.ConsoleReport;
import io.github.offlinestate.tck.report.JsonReport;
import io.github.offlinestate.tck.report.Reports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
                "Exit codes: 0 conformant (with gaps: 1 under --strict), 1 not conformant, 2 wrong usage, 3 nothing could"
                        + " be judged, because the kit or the fixture broke. The reports are written into a folder, whose name is printed.");
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
    int run() {
        if ("list".equals(demo.value())) {
            results().print(TckFixtures.demos());
            return ExitCode.DONE;
        }
        try {
            return judge();
        } catch (CommandException failure) {
            throw failure.exitCode() == ExitCode.FAILED ? broken(failure, failure.getMessage()) : failure;
        } catch (Exception | Error failure) {
            // 1 is a verdict, and here is none. Also where a provider kills this thread.
            throw broken(failure, "tck: nothing was judged to the end: " + failure);
        }
    }

    private static CommandException broken(Throwable cause, @Nullable String message) {
        return CommandException.of(KIT_BROKE, String.valueOf(message), cause);
    }

    private int judge() throws IOException, InterruptedException {
        TckOptions options = options();
        try (TckExitGuard guard = new TckExitGuard()) { // before anything of the provider's runs
            TckFixtures.Chosen chosen = TckFinding.within(
                    options.patience(), () -> TckFixtures.choose(selection(), options.fixture(), demo.value()));
            return judge(options, chosen, guard);
        }
    }

    private int judge(TckOptions options, TckFixtures.Chosen chosen, TckExitGuard guard) throws IOException {
        Path folder = options.reportDirectory().orElseGet(() -> Reports.defaultFolder(Path.of("")));
        try (TckLog log = TckLog.to(folder.resolve(LOG));
                TckRunner runner = runner(chosen, options)) {
            TckProgress progress = new TckProgress(Output.notes(), Style.ofTerminal());
            TckReport report = runner.run(progress);
            progress.end();
            guard.disarm();
            Path page = written(report, folder);
            show(report);
            Output.notes()
                    .line("reports: " + page.toAbsolutePath() + " and beside it; logged: "
                            + log.file().toAbsolutePath());
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

    private TckRunner runner(TckFixtures.Chosen chosen, TckOptions options) {
        try {
            TckRunner runner = TckRunner.of(chosen.fixture(), options, (rule, run) -> line(chosen, rule, run));
            try {
                requireWhatWasAsked(runner);
            } catch (CommandException e) {
                runner.close();
                throw e;
            }
            return runner;
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("tck: " + e.getMessage());
        } catch (IllegalStateException e) {
            throw broken(e, "tck: " + e.getMessage());
        }
    }

    private static String line(TckFixtures.Chosen chosen, Rule rule, TckOptions options) {
        StringBuilder line = new StringBuilder(Main.NAME + " tck ").append(chosen.arguments());
        line.append(" --rule ").append(rule).append(" --seed ").append(options.seed());
        options.told().forEach((name, value) -> {
            if (!name.equals("fixture")) {
                line.append(" --").append(name).append(' ').append(Reproduce.quoted(value));
            }
        });
        return line.toString();
    }

    /** A fixture makes ready what it knows, which need not be what the command line names beside it. */
    private void requireWhatWasAsked(TckRunner runner) {
        SubjectInfo subject = runner.subject();
        Selection asked = selection();
        boolean otherProvider = asked.provider() != null
                && !List.of(subject.name(), subject.className()).contains(asked.provider());
        boolean otherProfile = asked.profile() != null && !subject.profile().equals(asked.profile());
        if (otherProvider || otherProfile) {
            throw CommandException.usage("tck: " + subject.fixture() + " makes the profile \"" + subject.profile()
                    + "\" of the provider " + subject.name() + " ready, and not what was asked for: leave out "
                    + (otherProvider ? "--provider" : "--profile") + ", or name another --fixture");
        }
        if (runner.rules().isEmpty() && subject.unavailable().isEmpty()) {
            throw CommandException.usage(
                    "tck: no rule of providers is of both --rule and --basis; those of backends are"
                            + " judged in a test that extends OfflineStateBackendTck");
        }
    }

    private static Path written(TckReport report, Path folder) {
        try {
            return Reports.write(report, folder).get(0);
        } catch (IOException e) {
            throw broken(e, "tck: the reports cannot be written into " + folder + ": " + e);
        }
    }

    private void show(TckReport report) {
        try {
            if (isJson()) {
                results().print(JsonReport.of(report));
            } else {
                results().print(Text.lines(ConsoleReport.of(report)));
            }
        } catch (OutputException e) {
            if (!e.readerGone()) {
                throw e;
            }
            // As after "| head -1": the verdict is the same.
        }
    }

    private static int exitCode(TckReport report) {
        if (report.passed()) {
            return ExitCode.DONE;
        }
        return report.conclusion().overall() == Overall.ERROR ? KIT_BROKE : ExitCode.FAILED;
    }
}
