package io.github.offlinestate.tck.catalogue;

/** One mutant of a report. */
record Mutant(MutantPlace place, String mutator, int line, boolean killed) {}
