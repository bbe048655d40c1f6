package io.github.offlinestate.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.github.offlinestate.ConnectionChange.Cause;
import io.github.offlinestate.Connectivity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link HistoryFile} and {@code ConnectionHistory.writeJsonLines} write. */
final class HistoryReader {
    private final String name;
    private final Map<List<String>, Track> tracks = new LinkedHashMap<>();
    private int number;

    private HistoryReader(String name) {
        this.name = name;
    }

    /**
     * Reads a file.
     *
     * @param name the file's
     * @return a recording a profile, at least one
     */
    static List<Recording> read(String name) {
        HistoryReader reader = new HistoryReader(name);
        try (BufferedReader lines = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            reader.readAll(lines);
        } catch (InvalidPathException e) {
            throw CommandException.usage("not a file name: " + e.getMessage());
        } catch (IOException e) {
            throw CommandException.failed(name + ": the file cannot be read: " + e, e);
        }
        List<Recording> recordings = new ArrayList<>();
        reader.tracks.forEach((key, track) -> track.addTo(recordings, key.get(0), key.get(1)));
        if (recordings.isEmpty()) {
            throw CommandException.failed(name + ": nothing is recorded in this file");
        }
        return recordings;
    }

    private void readAll(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null) {
            number++;
            String next = lines.readLine();
            if (!line.isBlank()) {
                read(line, next == null);
            }
            line = next;
        }
    }

    private void read(String line, boolean last) {
        JsonObject object;
        try {
            JsonReader json = new JsonReader(new StringReader(line));
            json.setStrictness(Strictness.STRICT);
            object = JsonParser.parseReader(json).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            if (last) {
                Output.notes().line(name + ":" + number + ": the last line is not whole; it is left out");
                return;
            }
            throw wrong("this is not a JSON object");
        }
        Track track = tracks.computeIfAbsent(
                List.of(text(object, "provider", ""), text(object, "profile", "")), key -> new Track());
        if (object.has("until")) {
            track.end(instant(object, "until"));
        } else if (text(object, "phase", "CHANGE").equals("CHANGE")) {
            Instant at = instant(object, "at");
            if (text(object, "cause", null).equals(Cause.REPLAYED.name())) {
                track.begin();
            } else if (track.isEmpty()) {
                track.change(state(object, "oldState"), at.minusNanos(lastedNanos(object)));
            }
            track.change(state(object, "newState"), at);
        }
    }

    private String text(JsonObject object, String member, @Nullable String otherwise) {
        JsonElement element = object.get(member);
        if (element != null && element.isJsonPrimitive()) {
            return element.getAsString();
        }
        if (otherwise == null) {
            throw wrong("there is no " + member);
        }
        return otherwise;
    }

    private Instant instant(JsonObject object, String member) {
        String text = text(object, member, null);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw wrong(member + " is '" + text + "', expected a time as 2026-01-01T08:00:00Z");
        }
    }

    private Connectivity state(JsonObject object, String member) {
        String text = text(object, member, null);
        try {
            return Connectivity.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw wrong(member + " is '" + text + "', expected ONLINE, OFFLINE or UNKNOWN");
        }
    }

    private long lastedNanos(JsonObject object) {
        String text = text(object, "lastedNanos", "0");
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw wrong("lastedNanos is '" + text + "', expected a whole number");
        }
    }

    private CommandException wrong(String what) {
        return CommandException.failed(name + ":" + number + ": " + what);
    }

    /** The stretches of one profile, as the lines come. */
    private static final class Track {
        private final List<Recording.Stretch> stretches = new ArrayList<>();
        private @Nullable Connectivity state;
        private Instant since = Instant.EPOCH;

        boolean isEmpty() {
            return state == null && stretches.isEmpty();
        }

        /** A recording begins; how long the last state of one without an end lasted is not known. */
        void begin() {
            state = null;
        }

        void change(Connectivity now, Instant at) {
            close(at, true);
            state = now;
            since = at;
        }

        void end(Instant at) {
            close(at, false);
            state = null;
        }

        private void close(Instant at, boolean ended) {
            if (state != null && !at.isBefore(since)) {
                stretches.add(new Recording.Stretch(state, since, at, ended));
            }
        }

        void addTo(List<Recording> recordings, String provider, String profile) {
            if (state != null) {
                stretches.add(new Recording.Stretch(state, since, since, false));
            }
            if (!stretches.isEmpty()) {
                recordings.add(new Recording(provider, profile, stretches));
            }
        }
    }
}
