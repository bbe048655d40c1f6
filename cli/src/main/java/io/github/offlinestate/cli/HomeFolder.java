package io.github.offlinestate.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The user's folder, whose path tells the user's name. */
final class HomeFolder {
    private static final String SIGN = "~";

    private HomeFolder() {}

    /**
     * A text without the folder, as a path, in JSON, or in the address of a file.
     *
     * @param text for others to read
     * @param home the folder's path
     * @return the text with a sign in the folder's place
     */
    static String hiddenIn(String text, String home) {
        if (home.length() < 4) {
            return text; // none, or the root
        }
        boolean isOfWindows = home.indexOf('\\') >= 0;
        String forms = forms(home).stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile(
                        "(?:" + forms + ")(?![\\p{L}\\p{N}_-])",
                        isOfWindows ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                .matcher(text)
                .replaceAll(SIGN);
    }

    private static Set<String> forms(String home) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(home.replace("\\", "\\\\"));
        forms.add(home);
        String slashed = home.replace('\\', '/');
        forms.add(slashed);
        try {
            boolean isRooted = slashed.startsWith("/");
            URI address = new URI("file", "", isRooted ? slashed : "/" + slashed, null);
            for (String path : new String[] {
                address.getRawPath(), URI.create(address.toASCIIString()).getRawPath()
            }) {
                forms.add(isRooted ? path : path.substring(1));
            }
        } catch (URISyntaxException noAddress) {
            // Then no address of a file can have it in it.
        }
        return forms;
    }
}
