package io.github.offlinestate.sim;

import io.github.offlinestate.sim.YamlNode.Entry;
import io.github.offlinestate.sim.YamlNode.Mapping;
import io.github.offlinestate.sim.YamlNode.Scalar;
import io.github.offlinestate.sim.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads one YAML document into a tree. It works on events: nothing is constructed, aliases are refused, and the depth is
 * bounded before anything recurses.
 */
final class YamlReader {
    static final int MAX_DEPTH = 32;

    private final Problems problems;
    private final Iterator<Event> events;

    private YamlReader(Problems problems, Iterator<Event> events) {
        this.problems = problems;
        this.events = events;
    }

    /** The document's root, or null where it cannot be read; the problems then say why. */
    static @Nullable YamlNode read(Problems problems, String source, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(Integer.MAX_VALUE) // the size has been looked at
                .setBufferSize(text.length() + 2) // or it fails where a surrogate pair crosses the buffer's end
                .build();
        int bad = TextPosition.ofFirst(text, c -> !StreamReader.isPrintable(c));
        if (bad >= 0) {
            // Looked for here, since the library counts code points to tell the place, and not lines and columns.
            problems.at(
                    TextPosition.lineOf(text, bad),
                    TextPosition.columnOf(text, bad),
                    String.format("found the character U+%04X, which YAML does not allow", text.codePointAt(bad)));
            return null;
        }
        try {
            return new YamlReader(
                            problems, new Parse(settings).parseString(text).iterator())
                    .document();
        } catch (TooDeep e) {
            return null;
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            String context = e.getContext() == null ? "" : " " + e.getContext();
            problems.at(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    "this is not YAML:" + context + (e.getProblem() == null ? "" : " " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.at(1, 1, "this is not YAML: " + e.getMessage());
        }
        return null;
    }

    private @Nullable YamlNode document() {
        YamlNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
                default -> {
                    if (root != null) {
                        problems.at(line(event), column(event), "found a second document, expected only one");
                        return root;
                    }
                    root = node(event, 0);
                }
            }
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        int line = line(event);
        int column = column(event);
        if (depth > MAX_DEPTH) {
            problems.at(line, column, "found a nesting of more than " + MAX_DEPTH + " levels, expected fewer");
            throw new TooDeep();
        }
        refuseExtras(event);
        return switch (event.getEventId()) {
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                yield new Scalar(scalar.getValue(), scalar.isPlain(), line, column);
            }
            case SequenceStart -> new Sequence(items(depth), line, column);
            case MappingStart -> new Mapping(entries(depth), line, column);
            case Alias -> new Scalar("", true, line, column);
            default -> throw new IllegalStateException("not the beginning of a node: " + event);
        };
    }

    private void refuseExtras(Event event) {
        if (event.getEventId() == Event.ID.Alias) {
            String name = ((NodeEvent) event).getAnchor().map(Anchor::getValue).orElse("");
            problems.at(
                    line(event), column(event), "found the alias *" + name + ", expected none: 'repeat' says it again");
            return;
        }
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> problems.at(
                        line(event), column(event), "found the anchor &" + anchor.getValue() + ", expected none"));
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        tag.ifPresent(name -> problems.at(line(event), column(event), "found the tag " + name + ", expected none"));
    }

    private List<YamlNode> items(int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, depth + 1));
        }
        return items;
    }

    private List<Entry> entries(int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Scalar> seen = new HashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = node(next(), depth + 1);
            if (!(key instanceof Scalar name)) {
                problems.at(key, "found " + key.found() + " as a key, expected a name");
                continue;
            }
            Scalar before = seen.putIfAbsent(name.text(), name);
            if (before == null) {
                entries.add(new Entry(name, value));
            } else {
                problems.at(name, "found the key " + name.found() + " again, it is in line " + before.line());
            }
        }
        return entries;
    }

    /** The next event that is no comment. */
    private Event next() {
        Event event = events.next();
        while (event.getEventId() == Event.ID.Comment) {
            event = events.next();
        }
        return event;
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static int column(Event event) {
        return event.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }

    /** Ends the reading; what is wrong has been told. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super(null, null, false, false);
        }
    }
}
