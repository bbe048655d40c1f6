package io.github.offlinestate.sim;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 1h30m}, {@code 250ms}. */
final class Durations {
    static final Duration LONGEST = Duration.ofDays(366);

    private static final String NUMBER = "(\\d{1,9})";
    private static final Pattern FORM = Pattern.compile("(?=\\d)(?:" + NUMBER + "d)?(?:" + NUMBER + "h)?(?:" + NUMBER
            + "m)?(?:" + NUMBER + "s)?(?:" + NUMBER + "ms)?");
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private Durations() {}

    /** Nothing where the text is no duration, or one of more than {@link #LONGEST}. */
    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long millis = 0;
        for (int unit = 0; unit < MILLIS.length; unit++) {
            String number = matcher.group(unit + 1);
            millis += number == null ? 0 : Long.parseLong(number) * MILLIS[unit];
        }
        return Optional.of(Duration.ofMillis(millis)).filter(duration -> duration.compareTo(LONGEST) <= 0);
    }
}
