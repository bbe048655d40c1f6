package io.github.offlinestate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeFolderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/users/maria       | /users/maria/a.jar and file:/users/maria/b.jar | ~/a.jar and file:~/b.jar",
                "/users/maria       | /users/maria                                  | ~",
                "/users/maria       | /users/marianne/a.jar                         | /users/marianne/a.jar",
                "/users/maria k     | file:/users/maria%20k/a.jar                   | file:~/a.jar",
                "/users/j\u00f6rg   | file:/users/j%C3%B6rg/a, /users/j\u00f6rg/b    | file:~/a, ~/b",
                "C:\\Users\\Maria  | C:\\Users\\Maria\\a.jar                      | ~\\a.jar",
                "C:\\Users\\Maria  | {\"at\":\"C:\\\\Users\\\\Maria\\\\a.jar\"}   | {\"at\":\"~\\\\a.jar\"}",
                "C:\\Users\\Maria  | file:/C:/Users/Maria/a.jar                   | file:/~/a.jar",
                "C:\\Users\\Maria  | c:\\users\\maria\\a.jar                      | ~\\a.jar",
                "C:\\Users\\M. K   | file:/C:/Users/M.%20K/a.jar                  | file:/~/a.jar",
                "/                 | /users/maria                                  | /users/maria",
            })
    void isHiddenInAllItsForms(String home, String text, String shown) {
        assertThat(HomeFolder.hiddenIn(text, home)).isEqualTo(shown);
    }
}
