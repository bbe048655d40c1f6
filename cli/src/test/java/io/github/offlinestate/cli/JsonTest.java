package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON writer")
class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"\\/", "\u0000\u0001\b\f\n\r\t\u001f\u007f", "Büro 漢字 😀", "\u2028"})
    @DisplayName("writes any text so that a reader gets the same")
    void text(String text) {
        String json = Json.object().member(text, text).end();
        JsonObject read = DocumentedJson.parse(json);
        assertThat(read.get(text).getAsString()).isEqualTo(text);
        assertThat(json.lines()).hasSize(1);
    }

    @Test
    @DisplayName("writes half a supplementary character as an escape")
    void loneSurrogates() {
        assertThat(Json.object().member("a", "\uD83D").member("b", "\uDE00x").end())
                .isEqualTo("{\"a\":\"\\ud83d\",\"b\":\"\\ude00x\"}");
    }

    @Test
    @DisplayName("writes nested values in their order")
    void nested() {
        assertThat(Json.object()
                        .member("list", List.of("x", List.of(), 1, true))
                        .member("nothing", Arrays.asList((Object) null))
                        .member("map", Map.of("k", List.of("v")))
                        .end())
                .isEqualTo("{\"list\":[\"x\",[],1,true],\"nothing\":[null],\"map\":{\"k\":[\"v\"]}}");
    }
}
