package grusim.gru;

import grusim.gru.Transition.Unit;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes of state that the device's units may make, with the command or step that makes each and where that is from.
 * States and commands are those of the Linux driver, drivers/misc/sgi-gru, gruhandles.h. A row may name several commands,
 * each of which makes the change.
 *
 * <p>Steps of a control block: decode and lookup (of which a context that is taken away makes the end), miss (it is
 * recorded), answer (a context was taken away from a miss), response (of a line), status (it is written), credit (another
 * block gave a line credit back).
 */
final class LegalTransitions {
    private static final String ROWS = """
            CCH | INACTIVE    | ALLOCATE                  | MAPPED      | driver, gruhandles.c
            CCH | MAPPED      | START                     | ACTIVE      | driver, gruhandles.c
            CCH | ACTIVE      | INTERRUPT, INTERRUPT_SYNC | INTERRUPTED | driver, gruhandles.c
            CCH | INTERRUPTED | START                     | ACTIVE      | driver, grumain.c
            CCH | INTERRUPTED | DEALLOCATE                | INACTIVE    | driver, grumain.c
            CCH | MAPPED      | DEALLOCATE                | INACTIVE    | assumed

            TFH | INACTIVE    | ALLOCATE                  | IDLE        | assumed
            TFH | IDLE        | DEALLOCATE                | INACTIVE    | assumed
            TFH | MISS_UPM    | DEALLOCATE                | INACTIVE    | assumed: only fault map mode keeps a context
            TFH | HW_ERR      | DEALLOCATE                | INACTIVE    | assumed: as a miss, in user polling mode
            TFH | IDLE        | miss                      | MISS_FMM    | driver, grufault.c
            TFH | IDLE        | miss                      | MISS_UPM    | driver, grufault.c
            TFH | IDLE        | miss                      | HW_ERR      | assumed
            TFH | MISS_FMM    | WRITE_RESTART, WRITE_ONLY | WRITE_TLB   | driver, grufault.c
            TFH | MISS_UPM    | WRITE_RESTART, WRITE_ONLY | WRITE_TLB   | driver, grufault.c
            TFH | HW_ERR      | WRITE_RESTART, WRITE_ONLY | WRITE_TLB   | assumed
            TFH | WRITE_TLB   | WRITE_RESTART             | RESTART_CBR | assumed: order of the states
            TFH | WRITE_TLB   | WRITE_ONLY                | MISS_FMM    | assumed: the miss stays
            TFH | WRITE_TLB   | WRITE_ONLY                | MISS_UPM    | assumed: the miss stays
            TFH | WRITE_TLB   | WRITE_ONLY                | HW_ERR      | assumed: the error stays
            TFH | MISS_FMM    | RESTART                   | RESTART_CBR | driver, gruhandles.c
            TFH | MISS_UPM    | RESTART                   | RESTART_CBR | driver, gruhandles.c
            TFH | HW_ERR      | RESTART                   | RESTART_CBR | assumed
            TFH | RESTART_CBR | WRITE_RESTART, RESTART    | IDLE        | assumed: order of the states
            TFH | MISS_FMM    | EXCEPTION                 | IDLE        | driver, grufault.c
            TFH | MISS_UPM    | EXCEPTION                 | IDLE        | driver, grufault.c
            TFH | HW_ERR      | EXCEPTION                 | IDLE        | assumed
            TFH | MISS_FMM    | USER_POLLING_MODE         | MISS_UPM    | driver, grufault.c
            TFH | HW_ERR      | USER_POLLING_MODE         | MISS_UPM    | assumed

            TGH | IDLE            | TLBINV | PE_INVAL        | assumed: order of the states
            TGH | PE_INVAL        | TLBINV | INTERRUPT_INVAL | assumed: order of the states
            TGH | INTERRUPT_INVAL | TLBINV | WAITDONE        | assumed: order of the states
            TGH | WAITDONE        | TLBINV | RESTART_CTX     | assumed: order of the states
            TGH | RESTART_CTX     | TLBINV | IDLE            | assumed: order of the states

            CBR | INACTIVE      | ALLOCATE   | IDLE          | assumed
            CBR | IDLE          | DEALLOCATE | INACTIVE      | assumed
            CBR | IDLE          | software   | PE_CHECK      | assumed: the command bit
            CBR | IDLE          | START      | INTERRUPTED   | assumed: an instruction copied in unfinished goes on
            CBR | PE_CHECK      | decode     | REQUEST_ISSUE | assumed
            CBR | PE_CHECK      | decode     | INTERRUPTED   | assumed: the context does not run
            CBR | PE_CHECK      | status     | IDLE          | assumed: illegal, or nothing to do
            CBR | PE_CHECK      | decode     | IDLE          | assumed: the context is taken away
            CBR | REQUEST_ISSUE | lookup     | WAIT_RESPONSE | assumed
            CBR | REQUEST_ISSUE | lookup     | QUEUED        | assumed: no line credit
            CBR | REQUEST_ISSUE | lookup     | INTERRUPTED   | assumed: the context does not run
            CBR | REQUEST_ISSUE | lookup     | INTERRUPTED_MISS_FMM | assumed
            CBR | REQUEST_ISSUE | lookup     | INTERRUPTED_MISS_UPM | assumed
            CBR | REQUEST_ISSUE | lookup     | IDLE          | assumed: the context is taken away
            CBR | REQUEST_ISSUE | status     | IDLE          | assumed
            CBR | WAIT_RESPONSE | response   | REQUEST_ISSUE | assumed
            CBR | WAIT_RESPONSE | lookup     | QUEUED        | assumed: no line credit
            CBR | WAIT_RESPONSE | lookup     | BUSY_INTERRUPT | assumed: the context does not run
            CBR | WAIT_RESPONSE | lookup     | BUSY_INTERRUPT_MISS_FMM | assumed
            CBR | WAIT_RESPONSE | lookup     | BUSY_INTERRUPTED_MISS_UPM | assumed
            CBR | QUEUED        | credit, response | REQUEST_ISSUE | assumed
            CBR | QUEUED        | credit, response | WAIT_RESPONSE | assumed: other lines under way
            CBR | QUEUED        | lookup     | IDLE          | assumed: the context is taken away
            CBR | INTERRUPTED   | decode     | PE_CHECK      | assumed: illegal, or nothing to do
            CBR | INTERRUPTED   | decode     | REQUEST_ISSUE | assumed
            CBR | INTERRUPTED   | decode, lookup | IDLE      | assumed: the context is taken away
            CBR | INTERRUPTED   | status     | IDLE          | assumed: a request under way failed
            CBR | INTERRUPTED   | lookup     | WAIT_RESPONSE | assumed
            CBR | INTERRUPTED   | lookup     | QUEUED        | assumed: no line credit
            CBR | INTERRUPTED   | lookup     | REQUEST_ISSUE | assumed: the TLB is busy
            CBR | INTERRUPTED   | lookup     | INTERRUPTED_MISS_FMM | assumed
            CBR | INTERRUPTED   | lookup     | INTERRUPTED_MISS_UPM | assumed
            CBR | BUSY_INTERRUPT | response  | INTERRUPTED   | assumed
            CBR | BUSY_INTERRUPT_MISS_FMM   | response | INTERRUPTED_MISS_FMM | assumed
            CBR | BUSY_INTERRUPTED_MISS_UPM | response | INTERRUPTED_MISS_UPM | assumed
            CBR | BUSY_INTERRUPT_MISS_FMM   | USER_POLLING_MODE | BUSY_INTERRUPTED_MISS_UPM | assumed
            CBR | INTERRUPTED_MISS_FMM      | USER_POLLING_MODE | INTERRUPTED_MISS_UPM | assumed
            CBR | BUSY_INTERRUPT_MISS_FMM   | WRITE_RESTART, RESTART, EXCEPTION | WAIT_RESPONSE | assumed
            CBR | BUSY_INTERRUPTED_MISS_UPM | WRITE_RESTART, RESTART, EXCEPTION | WAIT_RESPONSE | assumed
            CBR | INTERRUPTED_MISS_FMM      | WRITE_RESTART, RESTART, EXCEPTION | REQUEST_ISSUE | assumed
            CBR | INTERRUPTED_MISS_UPM      | WRITE_RESTART, RESTART, EXCEPTION | REQUEST_ISSUE | assumed
            CBR | INTERRUPTED_MISS_UPM      | answer   | IDLE  | assumed: the context is taken away
            """;

    private LegalTransitions() {}

    /** Every legal change of state with its source. */
    static SortedMap<Transition, String> all() {
        SortedMap<Transition, String> legal = new TreeMap<>();
        ROWS.lines().filter(row -> !row.isBlank()).forEach(row -> {
            String[] parts = row.split("\\|", -1);
            for (String by : parts[2].split(",", -1)) {
                Unit unit = Unit.valueOf(parts[0].strip());
                legal.put(new Transition(unit, parts[1].strip(), by.strip(), parts[3].strip()), parts[4].strip());
            }
        });
        return legal;
    }
}
