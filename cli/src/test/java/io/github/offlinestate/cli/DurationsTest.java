package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

@DisplayName("A duration")
class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "10s, 10000",
        "1.5s, 1500",
        "2M, 120000",
        "1h30m, 5400000",
        "2d, 172800000",
        "PT1S, 1000",
        "0s, 0"
    })
    @DisplayName("is read as people write it")
    void read(String text, long millis) {
        assertThat(new Durations().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5", "1x", "ms", "99999999999999999999s", "1h-90m"})
    @DisplayName("that is none is refused")
    void refuse(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
