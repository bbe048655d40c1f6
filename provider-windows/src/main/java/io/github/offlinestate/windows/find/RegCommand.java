package io.github.offlinestate.windows.find;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The registry through Windows' own {@code reg.exe}, so that finding out loads nothing native. Not for use inside
 * Outlook's process, which a hardened Windows lets start no other.
 */
final class RegCommand implements Registry {
    private static final Logger LOG = System.getLogger(RegCommand.class.getName());
    private static final long PATIENCE_SECONDS = 5;
    /** Four spaces, the name, the type, the text: the only part of the output that is the same in every language. */
    private static final Pattern VALUE = Pattern.compile(" {4}.*? {4}REG_(?:EXPAND_)?SZ {4}(.*)");

    private static final String CODE_PAGES = "HKLM\\System\\CurrentControlSet\\Control\\Nls\\CodePage";

    private final String program;
    private volatile @Nullable Charset console;

    /** A registry by the program at this path. */
    RegCommand(String program) {
        this.program = program;
    }

    @Override
    public Optional<String> value(String key, String name, View view) {
        List<String> lines = name.isEmpty() ? query(key, view, "/ve") : query(key, view, "/v", name);
        for (String line : lines) {
            Matcher matcher = VALUE.matcher(line);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    @Override
    public List<String> subkeys(String key, View view) {
        String full = key.replaceFirst("^HKLM\\\\", "HKEY_LOCAL_MACHINE\\\\")
                        .replaceFirst("^HKCU\\\\", "HKEY_CURRENT_USER\\\\")
                + "\\";
        List<String> names = new ArrayList<>();
        for (String line : query(key, view)) {
            if (line.regionMatches(true, 0, full, 0, full.length()) && line.indexOf('\\', full.length()) < 0) {
                names.add(line.substring(full.length()));
            }
        }
        return names;
    }

    private List<String> query(String key, View view, String... options) {
        List<String> command = new ArrayList<>(List.of(program, "query", key));
        command.addAll(List.of(options));
        command.add(view == View.BITS32 ? "/reg:32" : "/reg:64");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            process.getOutputStream().close();
            // Killed when it takes too long, which also ends the reading.
            CompletableFuture<Void> watch = process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .handle((ended, late) -> {
                        if (late != null) {
                            process.destroyForcibly();
                            LOG.log(Level.WARNING, "{0} gave no answer for {1} in time", program, key);
                        }
                        return null;
                    });
            try (InputStream output = process.getInputStream()) {
                byte[] bytes = output.readAllBytes();
                watch.join();
                // Not by waitFor, which gives no answer to a thread that is interrupted: it would be kept for good.
                return process.onExit().join().exitValue() == 0
                        ? text(bytes).lines().toList()
                        : List.of();
            }
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, () -> program + " could not be asked for " + key, failed);
            return List.of();
        }
    }

    private String text(byte[] output) {
        for (byte b : output) {
            if (b < 0) {
                return new String(output, console());
            }
        }
        return new String(output, StandardCharsets.US_ASCII);
    }

    /** Console programs write in the system's OEM code page, which is none of the JVM's. */
    private Charset console() {
        Charset known = console;
        if (known == null) {
            known = value(CODE_PAGES, "OEMCP", View.BITS64)
                    .flatMap(RegCommand::charset)
                    .orElseGet(Charset::defaultCharset);
            console = known;
        }
        return known;
    }

    private static Optional<Charset> charset(String codePage) {
        if (codePage.equals("65001")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        return Stream.of("IBM", "windows-", "MS", "x-windows-")
                .map(family -> family + codePage)
                .filter(RegCommand::isSupported)
                .findFirst()
                .map(Charset::forName);
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException noName) {
            return false;
        }
    }
}
