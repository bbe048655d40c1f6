package com.example.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The four ways have run, and have said the same: of a provider that keeps the contract, and of one that does not. */
class OneVerdictIT {
    @ParameterizedTest
    @ValueSource(strings = {"suite", "dependenciesToScan", "command"})
    void itIsTheSame(String way) throws IOException {
        assertEquals(verdicts("subclass", "sim"), verdicts(way, "sim"));
        assertEquals(verdicts("subclass", "forgetful"), verdicts(way, "forgetful"));
    }

    @Test
    void itSaysThatTheSimulatedProviderKeepsTheContract() throws IOException {
        Map<String, String> verdicts = verdicts("subclass", "sim");
        assertEquals("CONFORMANT_WITH_GAPS", verdicts.get("verdict"));
        assertEquals("PASS", verdicts.get("ADVISE-4"));
        assertTrue(verdicts.size() > 20, () -> "only " + verdicts);
    }

    @Test
    void itSaysWhichRulesTheForgetfulProviderBreaks() throws IOException {
        Map<String, String> verdicts = verdicts("subclass", "forgetful");
        assertEquals("NOT_CONFORMANT", verdicts.remove("verdict"));
        assertEquals("PASS", verdicts.get("SET-7"));
        verdicts.values().removeIf(verdict -> !verdict.equals("FAIL"));
        assertEquals(Map.of("ADVISE-4", "FAIL", "NOTIFY-2", "FAIL"), verdicts);
    }

    private static Map<String, String> verdicts(String way, String provider) throws IOException {
        Path file = Path.of("target", "kit", way, "tck-" + provider + ".json");
        JsonObject report = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        Map<String, String> verdicts = new TreeMap<>();
        verdicts.put("verdict", report.getAsJsonObject("conclusion").get("verdict").getAsString());
        for (JsonElement each : report.getAsJsonArray("rules")) {
            JsonObject rule = each.getAsJsonObject();
            verdicts.put(rule.get("rule").getAsString(), rule.get("verdict").getAsString());
        }
        return verdicts;
    }
}
