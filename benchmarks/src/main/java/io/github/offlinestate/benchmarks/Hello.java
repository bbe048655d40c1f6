package io.github.offlinestate.benchmarks;

/** The least that a JVM can be started for. */
public final class Hello {
    private Hello() {}

    /** Says it. */
    public static void main(String[] args) {
        System.out.println("Hello");
    }
}
