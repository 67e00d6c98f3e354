/**
 * The 64-byte handles through which the driver commands a chiplet, as tables of bit fields, and the codes that stand in
 * them: CCH (context configuration), TFH (TLB fault), TGH (TLB global), TFM (TLB fault map), CBE (control block
 * extended). Source: Linux driver drivers/misc/sgi-gru, gruhandles.h.
 */
@NullMarked
package grusim.isa.handle;

import org.jspecify.annotations.NullMarked;
