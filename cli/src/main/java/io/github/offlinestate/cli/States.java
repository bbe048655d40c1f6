package io.github.offlinestate.cli;

import io.github.offlinestate.ConnectionState;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a state, in capitals or not. */
final class States implements ITypeConverter<ConnectionState> {
    static final List<String> NAMES = List.of(ConnectionState.ONLINE.name(), ConnectionState.OFFLINE.name());

    @Override
    public ConnectionState convert(String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "ONLINE" -> ConnectionState.ONLINE;
            case "OFFLINE" -> ConnectionState.OFFLINE;
            default ->
                throw new TypeConversionException(
                        "not a state: '" + text + "'; expected " + String.join(" or ", NAMES));
        };
    }
}
