package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds JSON to what docs/cli.md says of it: the tables there are the schema. */
final class DocumentedJson {
    private static final Pattern ROW = Pattern.compile("\\| (`.+`) \\| ([a-z ]+) \\| (.+) \\|");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private record Member(String type, boolean always) {}

    private final Map<String, Member> members = new LinkedHashMap<>();

    /**
     * What is documented under a heading.
     *
     * @param heading of the section in the chapter on JSON, as it is written there
     */
    static DocumentedJson of(String heading) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));
        String chapter = page.substring(page.indexOf("\n## JSON\n"));
        int start = chapter.indexOf("\n### " + heading + "\n");
        assertThat(start).as("a section on " + heading).isPositive();
        int end = chapter.indexOf("\n##", start + 4);
        DocumentedJson schema = new DocumentedJson();
        chapter.substring(start, end < 0 ? chapter.length() : end).lines().forEach(schema::learn);
        assertThat(schema.members).isNotEmpty();
        return schema;
    }

    private void learn(String line) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
            boolean always =
                    !row.group(3).contains("where known") && !row.group(3).contains("only ");
            Matcher name = NAME.matcher(row.group(1));
            while (name.find()) {
                members.put(name.group(1), new Member(row.group(2), always));
            }
        }
    }

    /** Reads a JSON object that has what is documented, and nothing else. */
    JsonObject read(String json) {
        JsonObject object = parse(json);
        check(object);
        return object;
    }

    void check(JsonObject object) {
        assertThat(members.keySet()).as("documented members of " + object).containsAll(object.keySet());
        members.forEach((name, member) -> {
            if (member.always || object.has(name)) {
                assertThat(object.has(name)).as(name + " in " + object).isTrue();
                assertThat(type(object.get(name))).as(name + " in " + object).isEqualTo(member.type);
            }
        });
    }

    static JsonObject parse(String json) {
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    private static String type(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                            .allMatch(each -> type(each).equals("string"))
                    ? "array of strings"
                    : "array of objects";
        }
        if (element.isJsonObject()) {
            return "object";
        }
        return element.getAsJsonPrimitive().isBoolean()
                ? "boolean"
                : element.getAsJsonPrimitive().isNumber() ? "number" : "string";
    }
}
