package io.github.offlinestate.cli;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The subcommands by name. Only the one that is asked for is made; all of them for help, completion and mistakes. */
final class Commands {
    private static final List<String> NAMES = List.of(
            "demo",
            "watch",
            "status",
            "set",
            "wait",
            "providers",
            "profiles",
            "history",
            "tck",
            "doctor",
            "completion");

    private Commands() {}

    /**
     * The command line that can parse these arguments.
     *
     * @param args what the user typed
     * @return with the one subcommand that the first argument names, else with all
     */
    static CommandLine forArguments(String[] args) {
        CommandLine root = root();
        CommandSpec named = args.length == 0 ? null : subcommand(args[0]);
        if (named != null) {
            root.addSubcommand(args[0], named);
        } else {
            addAll(root);
        }
        return root;
    }

    /**
     * The command line with everything in it.
     *
     * @return for completion
     */
    static CommandLine all() {
        CommandLine root = root();
        addAll(root);
        return root;
    }

    private static void addAll(CommandLine root) {
        for (String name : NAMES) {
            root.addSubcommand(name, Objects.requireNonNull(subcommand(name), name));
        }
    }

    private static @Nullable CommandSpec subcommand(String name) {
        return switch (name) {
            case "watch" -> new WatchCommand().spec();
            case "demo" -> new DemoCommand().spec();
            case "wait" -> new WaitCommand().spec();
            case "history" -> new HistoryCommand().spec();
            case "doctor" -> new DoctorCommand().spec();
            case "status" -> new StatusCommand().spec();
            case "set" -> new SetCommand().spec();
            case "providers" -> new ProvidersCommand().spec();
            case "profiles" -> new ProfilesCommand().spec();
            case "tck" -> new TckCommand().spec();
            case "completion" -> new CompletionCommand().spec();
            default -> null;
        };
    }

    private static CommandLine root() {
        CommandSpec spec = CommandSpec.create().name(Main.NAME);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and exit.")
                .build());
        spec.usageMessage()
                .description("Online/offline state of profiles: watches, reads and sets it.")
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .footer(
                        "",
                        "'" + Main.NAME
                                + " COMMAND --help' tells more. Exit codes: 0 done, 1 it failed, 2 wrong usage.");
        CommandLine root = new CommandLine(spec);
        // A name may begin with an @: there are no argument files.
        root.setExpandAtFiles(false);
        return root;
    }
}
