package grusim.gru;

import grusim.engine.Agent;
import grusim.engine.Routine;
import grusim.engine.Why;
import grusim.isa.InstructionStatus;
import grusim.isa.handle.TfhOpcode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Users that run random instructions, each on control block and pages of its own, against a plain byte array; a driver
 * that reads a page table and drops in what it read some time later; and a VM that keeps moving pages to other frames
 * with an invalidate, and nothing but kill bits, between it and the driver.
 */
final class RandomWorld {
    static final int USERS = 4;
    static final int PAGES = 6;
    private static final int PAGE = 4096;
    private static final int REGION = PAGES * PAGE;
    private static final long FIRST_PAGE = 16;
    /** Data segment of a user: a KiB for vectors, a KiB for copies. */
    private static final int SEGMENT = 2048;

    private static final int VECTOR = RandomInstructions.VECTOR;
    final Rig rig;
    final User[] users = new User[USERS];
    private final SplittableRandom random;
    private final long[] frames = new long[USERS * PAGES];
    private final boolean[] present = new boolean[USERS * PAGES];
    private long nextFrame = 1;
    int wrongBytes;

    RandomWorld(Rig rig, long seed, int instructions, int moves) {
        this.rig = rig;
        random = new SplittableRandom(seed);
        Arrays.fill(present, true);
        for (int page = 0; page < frames.length; page++) {
            frames[page] = nextFrame++;
        }
        for (int u = 0; u < USERS; u++) {
            users[u] = new User(u, instructions);
        }
        Vm vm = new Vm(moves);
        new Agent(rig.engine, "vm").start(vm, 0);
    }

    static long vaddr(int user, int offset) {
        return ((FIRST_PAGE + (long) user * PAGES) << 12) + offset;
    }

    private int page(long vaddr) {
        return (int) ((vaddr >>> 12) - FIRST_PAGE);
    }

    /** Compares all memory with the oracle's. */
    int wrongMemoryBytes() {
        int wrong = 0;
        byte[] content = new byte[PAGE];
        for (int page = 0; page < frames.length; page++) {
            rig.memory.read(frames[page], 0, content, 0, PAGE);
            byte[] oracle = users[page / PAGES].memory;
            for (int i = 0; i < PAGE; i++) {
                wrong += content[i] == oracle[page % PAGES * PAGE + i] ? 0 : 1;
            }
        }
        return wrong;
    }

    boolean allEnded() {
        return Arrays.stream(users).allMatch(user -> user.left == 0);
    }

    /** A user and the agent that answers the misses of its control block. */
    final class User extends Routine {
        private final int number;
        private final ControlBlock cb;
        private final byte[] memory = new byte[REGION];
        private final RandomInstructions program;
        private int left;

        User(int number, int instructions) {
            super(rig.engine, "user" + number, 0);
            this.number = number;
            left = instructions;
            // users 0 and 1 share context 0 and control blocks 0 and 1, the others context 1 and blocks 2 and 3
            cb = rig.chiplet.cb(number);
            random.nextBytes(memory);
            int map = segmentMap(number / 2);
            byte[] doubleword = new byte[Long.BYTES];
            program =
                    new RandomInstructions(random, memory, vaddr(number, 0), number % 2 * SEGMENT, (offset, value) -> {
                        for (int i = 0; i < Long.BYTES; i++) {
                            doubleword[i] = (byte) (value >>> (8 * i));
                        }
                        rig.chiplet.dataSegment().write(map, offset, doubleword, 0, Long.BYTES);
                    });
            for (int page = 0; page < PAGES; page++) {
                rig.memory.write(frames[number * PAGES + page], 0, memory, page * PAGE, PAGE);
            }
            new Agent(rig.engine, "user" + number).start(this, 0);
            new Agent(rig.engine, "driver" + number).start(new Driver(number), 0);
        }

        @Override
        public String stepName(int pc) {
            return pc == 0 ? "start" : "wait";
        }

        @Override
        public void step(Agent agent, int pc) {
            if (pc == 0) {
                if (left == 0) {
                    agent.done(0);
                    return;
                }
                cb.start(agent, program.draw().words());
                agent.next(1, 0, Why.COMPUTE);
                return;
            }
            InstructionStatus status = cb.status(agent);
            if (status == InstructionStatus.ACTIVE || status == InstructionStatus.CALL_OS) {
                agent.await(cb.awaitable(), 1, Why.POLL);
                return;
            }
            check(status);
            left--;
            agent.next(0, random.nextLong(300_000L), Why.THINK);
        }

        private void check(InstructionStatus status) {
            boolean sent = program.substatus == 0;
            wrongBytes += status == (sent ? InstructionStatus.IDLE : InstructionStatus.EXCEPTION) ? 0 : 1;
            wrongBytes += cb.substatus() == program.substatus ? 0 : 1;
            wrongBytes += cb.avalue() == program.avalue ? 0 : 1;
            byte[] content = new byte[VECTOR];
            rig.chiplet.dataSegment().read(segmentMap(number / 2), (long) number % 2 * SEGMENT, content, 0, VECTOR);
            for (int i = 0; i < VECTOR; i++) {
                wrongBytes += content[i] == program.segment()[i] ? 0 : 1;
            }
            if (rig.engine.isTimed()) {
                cb.ledger().check();
            }
        }
    }

    static int segmentMap(int context) {
        return context == 0 ? 0b10_0101_0001 : (1 << 30) | 0b1000_0000_0110;
    }

    /** Answers the misses of one control block: reads the page table, and some time later drops in what it read. */
    private final class Driver extends Routine {
        private final TlbFaultHandle tfh;

        Driver(int cb) {
            super(rig.engine, "driver" + cb, 2);
            tfh = rig.chiplet.tfh(cb);
        }

        @Override
        public String stepName(int pc) {
            return List.of("wait for a miss", "read the page table", "drop in").get(pc);
        }

        @Override
        public void step(Agent agent, int pc) {
            switch (pc) {
                case 0 -> {
                    long word = tfh.load(agent);
                    if (TlbFaultHandle.exception(word)) {
                        agent.local(0, TlbFaultHandle.write(word) ? 1 : 0);
                        agent.next(1, random.nextLong(200_000L), Why.INTERRUPT_HANDLER);
                    } else {
                        agent.await(tfh.awaitable(), 0, Why.IDLE);
                    }
                }
                case 1 -> {
                    int page = page(tfh.missVaddr());
                    agent.local(1, frames[page]);
                    agent.next(present[page] ? 2 : 1, 1 + random.nextLong(3_000_000L), Why.PAGE_WALK);
                }
                default -> {
                    tfh.command(
                            agent,
                            TfhOpcode.WRITE_RESTART,
                            tfh.missVaddr(),
                            tfh.missAsid(),
                            agent.local(1),
                            Rig.SIZE_4K,
                            agent.local(0) != 0);
                    agent.next(0, 0, Why.DROPIN);
                }
            }
        }
    }

    /** Moves pages: makes some absent, invalidates them, moves their bytes, poisons the old frames, makes them present. */
    private final class Vm extends Routine {
        private int left;
        private int first;
        private int pages;

        Vm(int moves) {
            super(rig.engine, "vm", 0);
            left = moves;
        }

        @Override
        public String stepName(int pc) {
            return List.of("clear the entries", "invalidate", "wait for the invalidate", "move the pages")
                    .get(pc);
        }

        @Override
        public void step(Agent agent, int pc) {
            int context = first / (PAGES * 2);
            TlbGlobalHandle tgh = rig.chiplet.tgh(0);
            switch (pc) {
                case 0 -> {
                    if (left-- == 0 || allEnded()) {
                        agent.done(0);
                        return;
                    }
                    pages = 1 + random.nextInt(3);
                    int half = random.nextInt(2);
                    first = half * PAGES * 2 + random.nextInt(PAGES * 2 - pages + 1);
                    Arrays.fill(present, first, first + pages, false);
                    agent.next(1, random.nextLong(500_000L), Why.VM);
                }
                case 1 -> {
                    long vaddr = vaddr(0, 0) + (long) first * PAGE;
                    tgh.invalidate(agent, vaddr, asid(context), Rig.SIZE_4K, pages, 1 << context, false);
                    agent.next(2, 0, Why.INVALIDATE);
                }
                case 2 -> {
                    if (tgh.active(agent)) {
                        agent.await(tgh.awaitable(), 2, Why.INVALIDATE);
                    } else {
                        agent.next(3, 0, Why.VM);
                    }
                }
                default -> {
                    for (int page = first; page < first + pages; page++) {
                        rig.memory.copyFrame(frames[page], nextFrame);
                        rig.memory.poison(frames[page]);
                        frames[page] = nextFrame++;
                        present[page] = true;
                    }
                    agent.next(0, random.nextLong(4_000_000L), Why.VM);
                }
            }
        }
    }

    static int asid(int context) {
        return 8 + 8 * context;
    }
}
