/**
 * What software and the GRU say to each other: instructions, statuses, exceptions, the chiplet's memory map and the
 * readable assembly form. Pure values; the JDK is all it needs.
 *
 * <p>Reading order: {@link grusim.isa.Opcode}, {@link grusim.isa.Instruction}, {@link grusim.isa.Legality}, {@link
 * grusim.isa.Assembler}, then {@link grusim.isa.ChipletMap} and the handle layouts in {@link grusim.isa.handle}.
 */
@NullMarked
package grusim.isa;

import org.jspecify.annotations.NullMarked;
