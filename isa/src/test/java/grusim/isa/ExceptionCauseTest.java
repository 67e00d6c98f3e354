package grusim.isa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ExceptionCauseTest {
    @Test
    void retryable_areSevenOfTwenty() {
        assertThat(ExceptionCause.values()).hasSize(20);
        assertThat(Arrays.stream(ExceptionCause.values())
                        .filter(ExceptionCause::retryable)
                        .map(ExceptionCause::code))
                .containsExactly(7, 8, 9, 12, 14, 17, 18);
    }

    @Test
    void causes_standAtTheirBitNumber() {
        for (ExceptionCause cause : ExceptionCause.values()) {
            assertThat(cause.mask()).isEqualTo(1 << cause.code());
        }
        assertThat(ExceptionCause.in(1 << 6 | 1 << 19))
                .containsExactly(ExceptionCause.OS_FATAL_TLB_FAULT, ExceptionCause.FORCED_ERROR);
    }

    @Test
    void retry_needsOnlyRetryableBits() {
        assertThat(ExceptionCause.retryable(1 << 7, 0, 0)).isTrue();
        assertThat(ExceptionCause.retryable(1 << 7 | 1 << 18, 0, 0)).isTrue();
        assertThat(ExceptionCause.retryable(1 << 7 | 1 << 1, 0, 0)).isFalse();
    }

    @Test
    void retry_isOffWithAMessageQueueSubstatusOrAnAbort() {
        assertThat(ExceptionCause.retryable(1 << 7, MessageQueueSubstatus.AMO_NACKED.code(), 0))
                .isFalse();
        assertThat(ExceptionCause.retryable(1 << 7, MessageQueueSubstatus.IMPLICIT_ABORT, 0))
                .isTrue();
        assertThat(ExceptionCause.retryable(1 << 7, 0, CbrExecutionStatus.ABORT.mask()))
                .isFalse();
        assertThat(ExceptionCause.retryable(1 << 7, 0, CbrExecutionStatus.TLB_INVALIDATE.mask()))
                .isTrue();
    }

    @Test
    void substatus_isTheLowThreeBits() {
        assertThat(MessageQueueSubstatus.of(8 | 2)).isEqualTo(MessageQueueSubstatus.QLIMIT_REACHED);
    }
}
