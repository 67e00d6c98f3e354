package grusim.driver;

import static grusim.driver.DriverRig.NS;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.isa.CbrExecutionStatus;
import grusim.isa.CbrState;
import grusim.isa.ExceptionCause;
import grusim.isa.Opcode;
import grusim.linux.Mm;
import org.junit.jupiter.api.Test;

/** What the driver tells of an exception, and when it refuses to. */
final class ExceptionRequestTest {
    private static final long EINVAL = -22;
    private static final long EAGAIN = -11;

    private final DriverRig rig =
            new DriverRig("gru.errors.inject=[{\"error\": \"ha-response-data\", \"abort\": true, \"count\": 1}]");
    private final Mm mm = rig.mm(4);
    private final ThreadState gts = rig.loaded(mm, true);

    private long request(long threadState, long user) {
        return rig.call(rig.cpu(0), rig.driver.exceptionRequest(), threadState, user);
    }

    @Test
    void detail_isWhatTheExtendedBlockSays() {
        rig.touch(mm, 1);
        rig.start(rig.cpu(0), rig.loadByUser(rig.play(), gts, 1, DriverRig.address(1) + 128));
        rig.run();
        long beforePs = rig.engine.nowPs();
        assertThat(request(gts.id, 1)).isZero();
        // a system call 150 ns, the ioctl 1 us, the lock taken and given back 2 x 20 ns
        assertThat(rig.engine.nowPs() - beforePs).isEqualTo((150 + 1000 + 40) * NS);
        ExceptionDetail detail = gts.exception();
        assertThat(detail.opcode()).isEqualTo(Opcode.VLOAD.code());
        assertThat(detail.extendedOpcode()).isZero();
        assertThat(detail.ecause()).isEqualTo(ExceptionCause.HA_RESPONSE_DATA_ERROR.mask());
        assertThat(detail.detail0()).isEqualTo(DriverRig.address(1) + 128);
        assertThat(detail.detail1()).isZero();
        assertThat(detail.cbrState()).isEqualTo(CbrState.IDLE);
        assertThat(detail.executionStatus())
                .isEqualTo(CbrExecutionStatus.EXCEPTION.mask() | CbrExecutionStatus.ABORT.mask());
        assertThat(rig.count(DriverCounter.USER_EXCEPTION)).isOne();
    }

    @Test
    void blockBeyondTheContext_orNoSegment_isInvalid() {
        assertThat(request(gts.id, 2)).isEqualTo(EINVAL);
        assertThat(request(ExceptionRequest.NO_SEGMENT, 0)).isEqualTo(EINVAL);
        assertThat(rig.count(DriverCounter.USER_EXCEPTION)).isEqualTo(2);
    }

    @Test
    void contextThatIsNotLoaded_mustBeTouchedFirst() {
        rig.call(rig.cpu(0), rig.driver.unloadRequest(), gts.id, 1);
        assertThat(request(gts.id, 1)).isEqualTo(EAGAIN);
        assertThat(request(gts.id, 2)).isEqualTo(EINVAL);
    }
}
