package io.github.offlinestate.windows.find;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the head of a Windows program or library says of it, read as a file and not loaded.
 *
 * @param bitness what it is built for; empty where it is for none of ours
 * @param version the file's version, as {@code 16.0.17928.20114}; empty where it has none
 */
public record PortableExecutable(Optional<Bitness> bitness, Optional<String> version) {
    private static final int PE_OFFSET = 0x3c;
    private static final int PE_SIGNATURE = 0x0000_4550;
    private static final int FIXED_FILE_INFO = 0xFEEF_04BD;
    /** Version resources stand near the end of .rsrc; more than this of a file is not searched. */
    private static final int LONGEST_SECTION = 64 << 20;

    /**
     * Reads a file's head and its version.
     *
     * @param file the program or library
     * @return what it says
     * @throws IOException where it cannot be read or is no program of Windows
     */
    public static PortableExecutable read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer dos = read(channel, 0, 64);
            if (dos.getShort(0) != 0x5a4d) {
                throw new IOException(file + " is no program or library of Windows");
            }
            long pe = Integer.toUnsignedLong(dos.getInt(PE_OFFSET));
            ByteBuffer head = read(channel, pe, 24);
            if (head.getInt(0) != PE_SIGNATURE) {
                throw new IOException(file + " is no program or library of Windows");
            }
            Optional<Bitness> bitness =
                    switch (head.getShort(4)) {
                        case (short) 0x014c -> Optional.of(Bitness.X86);
                        case (short) 0x8664 -> Optional.of(Bitness.X64);
                        case (short) 0xaa64 -> Optional.of(Bitness.ARM64);
                        default -> Optional.empty();
                    };
            int sections = Short.toUnsignedInt(head.getShort(6));
            long table = pe + 24 + Short.toUnsignedInt(head.getShort(20));
            return new PortableExecutable(bitness, version(channel, table, sections));
        }
    }

    private static Optional<String> version(SeekableByteChannel channel, long table, int sections) throws IOException {
        for (int i = 0; i < sections; i++) {
            ByteBuffer section = read(channel, table + 40L * i, 40);
            if (section.getLong(0) != 0x0000_0063_7273_722eL) { // ".rsrc"
                continue;
            }
            int size = section.getInt(16);
            if (size <= 0 || size > LONGEST_SECTION) {
                return Optional.empty();
            }
            ByteBuffer resources = read(channel, Integer.toUnsignedLong(section.getInt(20)), size);
            for (int at = 0; at + 16 <= resources.limit(); at += 4) {
                if (resources.getInt(at) == FIXED_FILE_INFO) {
                    int high = resources.getInt(at + 8);
                    int low = resources.getInt(at + 12);
                    return Optional.of(
                            (high >>> 16) + "." + (high & 0xffff) + "." + (low >>> 16) + "." + (low & 0xffff));
                }
            }
        }
        return Optional.empty();
    }

    private static ByteBuffer read(SeekableByteChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(position);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // as much as there is
        }
        if (buffer.hasRemaining()) {
            throw new IOException("the file ends at " + channel.size() + ", within what its head promises");
        }
        return buffer.flip();
    }
}
