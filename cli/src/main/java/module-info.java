/**
 * The command line, {@code offline-state}.
 */
module io.github.offlinestate.cli {
    requires com.google.gson;
    requires info.picocli;
    requires io.github.offlinestate;
    requires io.github.offlinestate.sim;
    requires io.github.offlinestate.windows;
    requires org.jspecify;
}
