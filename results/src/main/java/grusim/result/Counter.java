package grusim.result;

/** A declared statistic with its value at the end of a run, in the unit of the declaration. */
public record Counter(StatDeclaration declaration, long value) {}
