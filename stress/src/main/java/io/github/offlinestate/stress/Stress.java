package io.github.offlinestate.stress;

final class Stress {
    private Stress() {}

    public static void main(String[] args) {}
}
