package io.github.offlinestate.cli;

import io.github.offlinestate.Connectivity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code history}: what a recording tells. */
final class HistoryCommand extends Command {
    private final Argument<String> file =
            argument("FILE", text -> text, List.of(), "What 'watch --history' has written.");
    private final Argument<String> html =
            option("--html", "OUT", "Write a page with a drawn timeline to this file instead.");

    HistoryCommand() {
        super(
                "Sum up a recording: how long each profile was online, offline and unknown, and how often it changed.",
                "--provider and --profile leave the others out.");
    }

    @Override
    int run() {
        List<Recording> recordings = chosen(HistoryReader.read(file.required()));
        String page = html.value();
        if (page != null) {
            write(page, HistoryPage.of(fileName(), recordings, ZoneId.systemDefault()));
            Output.notes().line("written: " + Text.line(page));
        } else if (isJson()) {
            results().line(Json.object().member("recordings", json(recordings)).end());
        } else {
            DateTimeFormatter clock =
                    DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
            Style style = Style.ofTerminal();
            for (Recording recording : recordings) {
                results().print(table(recording, clock, style));
            }
        }
        return ExitCode.DONE;
    }

    /** Without its folder, which is nobody's business who is shown the page. */
    private String fileName() {
        Path name = Path.of(file.required()).getFileName();
        return name == null ? file.required() : name.toString();
    }

    private List<Recording> chosen(List<Recording> all) {
        Selection selection = selection();
        List<Recording> chosen = new ArrayList<>();
        for (Recording recording : all) {
            if ((selection.provider() == null || selection.provider().equals(recording.provider()))
                    && (selection.profile() == null || selection.profile().equals(recording.profile()))) {
                chosen.add(recording);
            }
        }
        if (chosen.isEmpty()) {
            throw CommandException.failed(file.required() + ": nothing is recorded of that provider and profile");
        }
        return chosen;
    }

    private static void write(String file, String text) {
        try {
            Files.writeString(Path.of(file), text, StandardCharsets.UTF_8);
        } catch (InvalidPathException e) {
            throw CommandException.usage("--html: not a file name: " + e.getMessage());
        } catch (IOException e) {
            throw CommandException.failed("--html " + file + ": the file cannot be written: " + e, e);
        }
    }

    private static String table(Recording recording, DateTimeFormatter clock, Style style) {
        StringBuilder text = new StringBuilder();
        text.append(Text.line(recording.provider() + "/" + recording.profile()))
                .append(", ")
                .append(clock.format(recording.from()))
                .append(" to ")
                .append(clock.format(recording.to()))
                .append(", ")
                .append(Durations.text(recording.recorded()))
                .append(" recorded\n")
                .append(style.faint("  state    share    time      times  longest"))
                .append('\n');
        for (Connectivity state : Connectivity.values()) {
            text.append("  ")
                    .append(style.state(state.name()))
                    .append(" ".repeat("OFFLINE".length() + 2 - state.name().length()))
                    .append(String.format(Locale.ROOT, "%5.1f %%  ", share(recording, state)))
                    .append(Text.padded(Durations.text(recording.time(state)), 10))
                    .append(String.format(
                            Locale.ROOT, "%5d  ", recording.in(state).size()))
                    .append(Durations.text(recording.longest(state)))
                    .append('\n');
        }
        return text.append("  ")
                .append(Text.counted(recording.changes(), "change"))
                .append(", ")
                .append(Text.counted(recording.flaps(), "flap"))
                .append(" (away from online for less than ")
                .append(Durations.text(Recording.FLAP))
                .append(")\n")
                .toString();
    }

    static double share(Recording recording, Connectivity state) {
        Duration all = recording.recorded();
        return all.isZero() ? 0 : 100.0 * recording.time(state).toNanos() / all.toNanos();
    }

    private static List<Map<String, Object>> json(List<Recording> recordings) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Recording recording : recordings) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("provider", recording.provider());
            entry.put("profile", recording.profile());
            entry.put("from", recording.from());
            entry.put("to", recording.to());
            entry.put("onlineMillis", recording.time(Connectivity.ONLINE).toMillis());
            entry.put("offlineMillis", recording.time(Connectivity.OFFLINE).toMillis());
            entry.put("unknownMillis", recording.time(Connectivity.UNKNOWN).toMillis());
            entry.put("changes", recording.changes());
            entry.put("flaps", recording.flaps());
            list.add(entry);
        }
        return list;
    }
}
