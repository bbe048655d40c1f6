package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeFolderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/home/maria       | /home/maria/a.jar and file:/home/maria/b.jar | ~/a.jar and file:~/b.jar",
                "/home/maria       | /home/maria                                  | ~",
                "/home/maria       | /home/marianne/a.jar                         | /home/marianne/a.jar",
                "/home/maria k     | file:/home/maria%20k/a.jar                   | file:~/a.jar",
                "/home/j\u00f6rg   | file:/home/j%C3%B6rg/a, /home/j\u00f6rg/b    | file:~/a, ~/b",
                "C:\\Users\\Maria  | C:\\Users\\Maria\\a.jar                      | ~\\a.jar",
                "C:\\Users\\Maria  | {\"at\":\"C:\\\\Users\\\\Maria\\\\a.jar\"}   | {\"at\":\"~\\\\a.jar\"}",
                "C:\\Users\\Maria  | file:/C:/Users/Maria/a.jar                   | file:/~/a.jar",
                "C:\\Users\\Maria  | c:\\users\\maria\\a.jar                      | ~\\a.jar",
                "C:\\Users\\M. K   | file:/C:/Users/M.%20K/a.jar                  | file:/~/a.jar",
                "/                 | /home/maria                                  | /home/maria",
            })
    void isHiddenInAllItsForms(String home, String text, String shown) {
        assertThat(HomeFolder.hiddenIn(text, home)).isEqualTo(shown);
    }
}
