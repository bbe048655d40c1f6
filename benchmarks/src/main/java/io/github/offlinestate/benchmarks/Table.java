package io.github.offlinestate.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown, with remarks below it. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> goals = new ArrayList<>();

    Table(String... headers) {
        rows.add(List.of(headers));
    }

    Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    Table remark(String remark) {
        remarks.add(remark);
        return this;
    }

    /** Says whether a goal is met. */
    Table goal(String goal, double measured, double limit) {
        String verdict = measured <= limit ? "met" : "**missed**";
        goals.add("Goal: " + goal + ": " + verdict + " (" + Spread.number(measured) + ")");
        return this;
    }

    /** For a run that says nothing about them. */
    String withoutGoals() {
        return text(remarks);
    }

    @Override
    public String toString() {
        List<String> below = new ArrayList<>(remarks);
        below.addAll(goals);
        return text(below);
    }

    private String text(List<String> below) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append("|---|")
                        .append("---:|".repeat(rows.get(0).size() - 1))
                        .append('\n');
            }
        }
        if (!below.isEmpty()) {
            text.append('\n');
        }
        below.forEach(remark -> text.append("- ").append(remark).append('\n'));
        return text.toString();
    }
}
