/**
 * For tests of applications: a JUnit extension that gives each test a simulated profile and a virtual time of its own.
 * Runs in JUnit 5 and JUnit 6.
 */
module io.github.offlinestate.test {
    requires transitive io.github.offlinestate.sim;
    requires transitive org.junit.jupiter.api;

    exports io.github.offlinestate.test;
}
