package grusim.isa.handle;

import grusim.isa.BitField;

/**
 * What the commanded handles CCH, TFH and TGH share in word 0. Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
public final class HandleCommand {
    public static final BitField CMD = BitField.of("cmd", 0, 0, 1);
    /** Not used by the device for these handles: the driver's lock bit. */
    public static final BitField DELRESP = BitField.of("delresp", 0, 1, 1);
    /** How the last command ended, see {@link CommandStatus}. */
    public static final BitField STATUS = BitField.of("status", 0, 16, 2);

    /** What software ORs into word 0 to start a command: cmd and status active. */
    public static final long START_BITS = CMD.mask() | (long) CommandStatus.ACTIVE.code() << STATUS.shift();

    private HandleCommand() {}
}
