package io.github.offlinestate.cli;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A subcommand: what it takes, and what it does. Written with picocli's programmatic interface, because reading
 * annotations by reflection would double the time until a command starts.
 */
abstract class Command {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Argument<String> provider;
    private final Argument<String> profile;
    private final Argument<String[]> providerPath;
    private final Argument<Boolean> json;
    private final Argument<Boolean> stacktrace;

    /**
     * A command with the options that all have.
     *
     * @param description what it does, in a sentence a paragraph
     */
    Command(String... description) {
        spec.usageMessage().description(description).abbreviateSynopsis(true).sortOptions(false);
        provider = option("--provider", "NAME", "The provider (default: the usable one of highest priority).");
        profile = option("--profile", "NAME", "The profile (default: the provider's first).");
        providerPath = add(OptionSpec.builder("--provider-path")
                .paramLabel("DIR|JAR")
                .type(String[].class)
                .arity("1")
                .description("Look for providers in this jar, or in all jars of this folder, too; repeatable."));
        json = flag("--json", "Write JSON, as docs/cli.md describes it.");
        stacktrace = flag("--stacktrace", "Show where an error comes from.");
        add(OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this and exit."));
    }

    /**
     * Does it.
     *
     * @return the exit code
     * @throws Exception what went wrong; its message is shown
     */
    abstract int run() throws Exception;

    final CommandSpec spec() {
        return spec;
    }

    final Selection selection() {
        return new Selection(provider.value(), profile.value(), List.of(providerPath.or(new String[0])));
    }

    final boolean isJson() {
        return json.isGiven();
    }

    final boolean wantsStacktrace() {
        return stacktrace.isGiven();
    }

    final Output results() {
        return Output.results(isJson());
    }

    /**
     * Adds an option with a value.
     *
     * @param name with its dashes
     * @param label what the value is called in the help
     * @param description for the help
     * @return the value, once parsed
     */
    final Argument<String> option(String name, String label, String... description) {
        return add(OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description));
    }

    /**
     * Adds an option with a value that is converted. What the converter refuses by a
     * {@link picocli.CommandLine.TypeConversionException} is an error of usage.
     *
     * @param <T> what the converter makes
     * @param name with its dashes
     * @param label what the value is called in the help
     * @param converter reads the value
     * @param description for the help
     * @return the value, once parsed
     */
    final <T> Argument<T> option(String name, String label, ITypeConverter<T> converter, String... description) {
        return add(OptionSpec.builder(name)
                .paramLabel(label)
                .type(Object.class)
                .converters(converter)
                .arity("1")
                .description(description));
    }

    /**
     * Adds an option without a value.
     *
     * @param name with its dashes
     * @param description for the help
     * @return given or not, once parsed
     */
    final Argument<Boolean> flag(String name, String... description) {
        return add(OptionSpec.builder(name).type(Boolean.class).arity("0").description(description));
    }

    /**
     * Adds the argument that has no name, and is required.
     *
     * @param <T> what the converter makes
     * @param label what it is called in the help
     * @param converter reads it
     * @param candidates what completion offers
     * @param description for the help
     * @return the value, once parsed
     */
    final <T> Argument<T> argument(
            String label, ITypeConverter<T> converter, List<String> candidates, String... description) {
        PositionalParamSpec argument = PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .paramLabel(label)
                .type(Object.class)
                .converters(converter)
                .completionCandidates(candidates)
                .description(description)
                .build();
        spec.addPositional(argument);
        return new Argument<>(argument);
    }

    /**
     * Adds an argument that has no name, at a place, and is required.
     *
     * @param index its place, the first is 0
     * @param label what it is called in the help
     * @param description for the help
     * @return the value, once parsed
     */
    final Argument<String> argument(int index, String label, String... description) {
        PositionalParamSpec argument = PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("1")
                .required(true)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
        spec.addPositional(argument);
        return new Argument<>(argument);
    }

    private <T> Argument<T> add(OptionSpec.Builder option) {
        OptionSpec built = option.build();
        spec.addOption(built);
        return new Argument<>(built);
    }
}
