package io.github.offlinestate.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Standard output or standard error. Each line is one write, there when the call returns, so that lines of several
 * threads or processes never mix; a write that fails is an exception and not lost, as it is with {@code System.out}.
 */
final class Output {
    private static final int FILE_TYPE = 0xf000;
    private static final int FIFO = 0x1000;
    private static final int SOCKET = 0xc000;

    private final OutputStream stream;
    private final Charset charset;
    private final String path;

    private Output(FileDescriptor descriptor, Charset charset, String path) {
        this.stream = new FileOutputStream(descriptor);
        this.charset = charset;
        this.path = path;
    }

    /**
     * Where results go.
     *
     * @param json whether they are JSON, which is UTF-8 whatever the terminal's charset is
     * @return standard output
     */
    static Output results(boolean json) {
        return new Output(FileDescriptor.out, json ? StandardCharsets.UTF_8 : textCharset(), "/dev/fd/1");
    }

    /**
     * Where everything else goes: notes, summaries, errors.
     *
     * @return standard error
     */
    static Output notes() {
        return new Output(FileDescriptor.err, textCharset(), "/dev/fd/2");
    }

    /**
     * Writes a line.
     *
     * @param text the line, without its end
     * @throws OutputException where it could not be written
     */
    void line(String text) {
        print(text + "\n");
    }

    /**
     * Writes text as it is.
     *
     * @param text any
     * @throws OutputException where it could not be written
     */
    void print(String text) {
        byte[] bytes = text.getBytes(charset);
        try {
            write(bytes);
        } catch (IOException e) {
            throw new OutputException(e, readerIsGone(e), "the output");
        }
    }

    private synchronized void write(byte[] bytes) throws IOException {
        stream.write(bytes);
    }

    /** A pipe or socket fails only when nobody reads it any more; where that cannot be told, the message says it. */
    private boolean readerIsGone(IOException failure) {
        try {
            int type = (Integer) Files.getAttribute(Path.of(path), "unix:mode") & FILE_TYPE;
            return type == FIFO || type == SOCKET;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        }
    }

    /** The terminal's charset; UTF-8 where the locale names none better than ASCII, as in most containers. */
    private static Charset textCharset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding"));
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
