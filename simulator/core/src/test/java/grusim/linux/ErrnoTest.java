package grusim.linux;

import static grusim.linux.VmRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import grusim.engine.Routine;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each call answers to arguments a kernel refuses, or accepts though one might not think so. */
final class ErrnoTest {
    private static final long BASE = 0x10000;
    private static final long LIMIT = 1L << 47;
    private static final long HOLE = BASE + 2 * PAGE;
    private static final int RW = Prot.READ | Prot.WRITE;
    private static final int MOVE = Prot.MREMAP_MAYMOVE;
    private static final int FIXED = Prot.MREMAP_MAYMOVE | Prot.MREMAP_FIXED;
    private static final long EINVAL = -Errno.EINVAL;
    private static final long ENOMEM = -Errno.ENOMEM;
    private static final long EFAULT = -Errno.EFAULT;

    static Stream<Arguments> calls() {
        return Stream.of(
                call("munmap unaligned", kernel -> kernel.calls().munmap(), EINVAL, BASE + 1, PAGE),
                call("munmap of nothing", kernel -> kernel.calls().munmap(), EINVAL, BASE, 0),
                call("munmap past the end", kernel -> kernel.calls().munmap(), EINVAL, LIMIT - PAGE, 2 * PAGE),
                call("munmap of minus one", kernel -> kernel.calls().munmap(), EINVAL, BASE, -1),
                call("munmap across a hole", kernel -> kernel.calls().munmap(), 0, BASE, 4 * PAGE),
                call("munmap of part of a page", kernel -> kernel.calls().munmap(), 0, BASE, 1),
                call("mmap of nothing", kernel -> kernel.calls().mmap(), EINVAL, 0, 0, RW),
                call("mmap fixed unaligned", kernel -> kernel.calls().mmap(), EINVAL, BASE + 8, PAGE, RW | Prot.FIXED),
                call("mmap larger than all", kernel -> kernel.calls().mmap(), ENOMEM, 0, LIMIT + 1, RW),
                call("mmap without room", kernel -> kernel.calls().mmap(), ENOMEM, 0, LIMIT, RW),
                call("mmap of minus one", kernel -> kernel.calls().mmap(), ENOMEM, 0, -1, RW),
                call("mmap fixed past the end", kernel -> kernel.calls().mmap(), ENOMEM, LIMIT, PAGE, RW | Prot.FIXED),
                call("mprotect unaligned", kernel -> kernel.calls().mprotect(), EINVAL, BASE + 1, PAGE, RW),
                call("mprotect of nothing", kernel -> kernel.calls().mprotect(), 0, HOLE, 0, RW),
                call("mprotect unknown bits", kernel -> kernel.calls().mprotect(), EINVAL, BASE, PAGE, 8),
                call("mprotect in a hole", kernel -> kernel.calls().mprotect(), ENOMEM, HOLE, PAGE, RW),
                call("mprotect into a hole", kernel -> kernel.calls().mprotect(), ENOMEM, BASE, 3 * PAGE, Prot.READ),
                call("mprotect that wraps", kernel -> kernel.calls().mprotect(), ENOMEM, BASE, -PAGE, RW),
                call("madvise unaligned", kernel -> kernel.calls().madviseDontneed(), EINVAL, BASE + 1, PAGE),
                call("madvise of nothing", kernel -> kernel.calls().madviseDontneed(), 0, HOLE, 0),
                call("madvise that wraps", kernel -> kernel.calls().madviseDontneed(), EINVAL, BASE, -PAGE - 1),
                call("madvise of minus one", kernel -> kernel.calls().madviseDontneed(), EINVAL, BASE, -1),
                call("madvise across a hole", kernel -> kernel.calls().madviseDontneed(), ENOMEM, BASE, 4 * PAGE),
                call("madvise in a hole", kernel -> kernel.calls().madviseDontneed(), ENOMEM, HOLE, PAGE),
                call(
                        "madvise above everything",
                        kernel -> kernel.calls().madviseDontneed(),
                        ENOMEM,
                        BASE + 8 * PAGE,
                        PAGE),
                call("madvise FREE unaligned", kernel -> kernel.calls().madviseFree(), EINVAL, BASE + 1, PAGE),
                call("madvise FREE that wraps", kernel -> kernel.calls().madviseFree(), EINVAL, BASE, -PAGE - 1),
                call("madvise FREE of nothing", kernel -> kernel.calls().madviseFree(), 0, HOLE, 0),
                call("madvise FREE across a hole", kernel -> kernel.calls().madviseFree(), ENOMEM, BASE, 4 * PAGE),
                call("madvise FREE of part of a page", kernel -> kernel.calls().madviseFree(), 0, BASE, 1),
                call("madvise PAGEOUT unaligned", kernel -> kernel.calls().madvisePageout(), EINVAL, BASE + 1, PAGE),
                call("madvise PAGEOUT in a hole", kernel -> kernel.calls().madvisePageout(), ENOMEM, HOLE, PAGE),
                call(
                        "madvise PAGEOUT past the end",
                        kernel -> kernel.calls().madvisePageout(),
                        ENOMEM,
                        LIMIT - PAGE,
                        2 * PAGE),
                call(
                        "madvise PAGEOUT across a hole",
                        kernel -> kernel.calls().madvisePageout(),
                        ENOMEM,
                        BASE,
                        4 * PAGE),
                call("fork beyond the limit", kernel -> kernel.processes().fork(), -Errno.EAGAIN),
                call("exec beyond the limit", kernel -> kernel.processes().exec(), ENOMEM),
                call("ksmd in a hole", kernel -> kernel.calls().ksmMerge(), 0, HOLE, HOLE + PAGE),
                call("move_pages to no blade", kernel -> kernel.calls().movePages(), -Errno.ENODEV, BASE, PAGE, 1),
                call(
                        "move_pages past the end",
                        kernel -> kernel.calls().movePages(),
                        EFAULT,
                        LIMIT - PAGE,
                        2 * PAGE,
                        0),
                call("move_pages of a hole", kernel -> kernel.calls().movePages(), EFAULT, HOLE, PAGE, 0),
                call("move_pages of nothing", kernel -> kernel.calls().movePages(), 0, HOLE, 0, 0),
                call("move_pages of minus one", kernel -> kernel.calls().movePages(), EFAULT, BASE, -1, 0),
                call("move_pages across a hole", kernel -> kernel.calls().movePages(), 0, BASE, 4 * PAGE, 0),
                call("mremap unaligned", kernel -> kernel.calls().mremap(), EINVAL, BASE + 1, PAGE, 2 * PAGE, MOVE),
                call("mremap to nothing", kernel -> kernel.calls().mremap(), EINVAL, BASE, PAGE, 0, MOVE),
                call("mremap of nothing", kernel -> kernel.calls().mremap(), EINVAL, BASE, 0, PAGE, MOVE),
                call("mremap unknown flag", kernel -> kernel.calls().mremap(), EINVAL, BASE, PAGE, PAGE, 4),
                call(
                        "mremap fixed without leave to move",
                        kernel -> kernel.calls().mremap(),
                        EINVAL,
                        BASE,
                        PAGE,
                        PAGE,
                        2,
                        0x40000),
                call(
                        "mremap fixed unaligned",
                        kernel -> kernel.calls().mremap(),
                        EINVAL,
                        BASE,
                        PAGE,
                        PAGE,
                        FIXED,
                        0x40001),
                call(
                        "mremap onto itself",
                        kernel -> kernel.calls().mremap(),
                        EINVAL,
                        BASE,
                        2 * PAGE,
                        PAGE,
                        FIXED,
                        BASE + PAGE),
                call(
                        "mremap fixed past the end",
                        kernel -> kernel.calls().mremap(),
                        EINVAL,
                        BASE,
                        PAGE,
                        PAGE,
                        FIXED,
                        LIMIT),
                call("mremap of a hole", kernel -> kernel.calls().mremap(), EFAULT, HOLE, PAGE, 2 * PAGE, MOVE),
                call("mremap across a hole", kernel -> kernel.calls().mremap(), EFAULT, BASE, 4 * PAGE, 5 * PAGE, MOVE),
                call(
                        "mremap without room behind",
                        kernel -> kernel.calls().mremap(),
                        ENOMEM,
                        BASE,
                        2 * PAGE,
                        4 * PAGE,
                        0),
                call(
                        "mremap in the middle of a vma",
                        kernel -> kernel.calls().mremap(),
                        ENOMEM,
                        BASE,
                        PAGE,
                        2 * PAGE,
                        0),
                call(
                        "mremap without room anywhere",
                        kernel -> kernel.calls().mremap(),
                        ENOMEM,
                        BASE,
                        2 * PAGE,
                        LIMIT,
                        MOVE),
                call("mremap to the same size", kernel -> kernel.calls().mremap(), BASE, BASE, PAGE, PAGE, 0),
                call("mremap shrinking a hole", kernel -> kernel.calls().mremap(), HOLE, HOLE, PAGE, 1, 0));
    }

    private static Arguments call(String what, Function<Kernel, Routine> routine, long result, long... arguments) {
        return Arguments.of(what, routine, result, arguments);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void call_answersAsTheKernel(String what, Function<Kernel, Routine> routine, long result, long[] arguments) {
        VmRig rig = new VmRig();
        // two pages, a hole of one, one page
        rig.mm.map(BASE, 2 * PAGE, RW, Mm.FIRST_TOUCH, 0);
        rig.mm.map(BASE + 3 * PAGE, PAGE, RW, Mm.FIRST_TOUCH, 0);
        long[] all = new long[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertThat(rig.call(routine.apply(rig.kernel), all)).as(what).isEqualTo(result);
        assertThat(rig.kernel.counters().value(VmCounter.CALLS_REFUSED)).isEqualTo(result < 0 ? 1 : 0);
        assertThat(rig.mm.mmapSem().writeLocked()).isFalse();
        assertThat(rig.mm.mmapSem().readers()).isZero();
    }
}
