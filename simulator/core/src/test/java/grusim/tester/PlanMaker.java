package grusim.tester;

import grusim.isa.ExtendedOpcode;
import grusim.isa.TransferType;
import grusim.tester.Deed.Kind;
import grusim.workload.ContextSpec.MissMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Draws plans from seeds: small machines with little room, so that everything happens often. */
final class PlanMaker {
    private static final int PAGE = Deed.PAGE;
    private static final List<TransferType> TYPES = List.of(TransferType.values());
    private static final List<ExtendedOpcode> OPERATIONS = List.of(
            ExtendedOpcode.SWAP,
            ExtendedOpcode.OR,
            ExtendedOpcode.AND,
            ExtendedOpcode.XOR,
            ExtendedOpcode.ADD,
            ExtendedOpcode.COMPARE_AND_SWAP);

    private final SplittableRandom random;
    private final int pages;
    private final int blades;

    private PlanMaker(long seed) {
        random = new SplittableRandom(seed);
        pages = 2 + random.nextInt(7);
        blades = 1 + random.nextInt(2);
    }

    /** The plan of a seed; more settings override those drawn. */
    static Plan plan(long seed, int deeds, boolean contract, String... more) {
        return new PlanMaker(seed).draw(seed, deeds, contract, more);
    }

    private Plan draw(long seed, int deeds, boolean contract, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "machine.blades=" + blades,
                "machine.chipletsPerBlade=" + (1 + random.nextInt(2)),
                "machine.memoryPerBlade=1 MiB",
                "machine.coresPerSocket=16",
                "gru.tlb.sets=" + (1 << random.nextInt(4)),
                "gru.tlb.ways=" + (1 << random.nextInt(3)),
                "gru.tlb.replacement=" + one("lru", "fifo", "plru", "random"),
                "gru.killScope=" + one("all", "context", "asid", "range"),
                "gru.linesInFlightPerCbr=" + (1 + random.nextInt(8)),
                "gru.linesInFlightPerChiplet=" + (1 + random.nextInt(16)),
                "gru.dropinPortWidth=" + (1 + random.nextInt(2)),
                "gru.interruptLatency=" + one("1 us", "1.5 us", "20 us"),
                "gru.tghFixedLatency=" + one("50 ns", "2 us", "10 us"),
                "gru.tlb.writeMiss=" + one("miss-and-modify", "miss"),
                "gru.tlb.invalidateStall=" + one("0 ns", "300 ns"),
                "driver.polling.interval=" + one("10 us", "50 us"),
                "driver.contexts.retryInterval=" + one("1 ms", "20 ms"),
                "driver.contexts.stealDelay=" + one("5 ms", "200 ms"),
                "driver.asids.end=" + one("41", "16777200"),
                "kernel.memoryModel=" + one("sc", "sc", "tso", "relaxed")));
        settings.addAll(List.of(more));
        String errors = random.nextInt(3) == 0
                ? "{\"error\": \"%s\", \"rate\": 0.02, \"count\": 20}"
                        .formatted(one("ra-response-non-fatal", "ha-response-data", "tlb-hw", "execution-hw"))
                : "";
        List<Plan.Space> processes = new ArrayList<>();
        int mms = 1 + random.nextInt(2);
        for (int p = 0; p < mms; p++) {
            List<Plan.Actor> threads = new ArrayList<>();
            int users = 1 + random.nextInt(4);
            for (int t = 0; t < users; t++) {
                int cbrs = 2 << random.nextInt(7);
                MissMode miss = MissMode.values()[random.nextInt(MissMode.values().length)];
                int preload = random.nextInt(2) * random.nextInt(9);
                threads.add(new Plan.Actor(
                        random.nextInt(blades), random.nextInt(blades), cbrs, miss, preload, user(deeds)));
            }
            threads.add(new Plan.Actor(random.nextInt(blades), 0, 0, MissMode.INTERRUPT, 0, calls(deeds)));
            processes.add(new Plan.Space(threads));
        }
        return new Plan(seed, settings, errors, pages, processes, contract);
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    private List<Deed> user(int count) {
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(25);
            deeds.add(
                    kind < 20
                            ? instruction()
                            : kind < 22 ? think(3000) : kind < 24 ? call() : plain(Kind.MOVE, 0, 1, 0, 0));
        }
        return deeds;
    }

    private List<Deed> calls(int count) {
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            deeds.add(random.nextInt(3) == 0 ? think(8000) : call());
        }
        return deeds;
    }

    private Deed think(int most) {
        return plain(Kind.THINK, 0, 1, 0, random.nextInt(most));
    }

    private static Deed plain(Kind kind, int offset, int elements, int to, long value) {
        return new Deed(kind, offset, elements, 1, TransferType.DOUBLEWORD, to, ExtendedOpcode.SWAP, value);
    }

    private Deed call() {
        Kind kind = Kind.values()[Kind.UNLOAD.ordinal() + random.nextInt(Kind.values().length - Kind.UNLOAD.ordinal())];
        boolean keeps = !(kind == Kind.DONTNEED || kind == Kind.REMAP || kind == Kind.PROTECT);
        // calls that keep what pages hold may be about the counters' page too
        int most = keeps ? pages + 1 : pages;
        int first = random.nextInt(most);
        int count = 1 + random.nextInt(Math.min(3, most - first));
        int to = kind == Kind.MIGRATE ? random.nextInt(blades) : random.nextInt(8);
        return plain(kind, first * PAGE, count, to, 0);
    }

    private Deed instruction() {
        return switch (random.nextInt(13)) {
            case 0, 1, 2 -> vector(Kind.LOAD);
            case 3, 4 -> vector(Kind.STORE);
            case 5 -> vector(Kind.SET);
            case 6 -> vector(random.nextBoolean() ? Kind.BLOCK_STORE : Kind.FLUSH);
            case 7 -> copy();
            case 8 -> indexed(Kind.GATHER);
            case 9 -> indexed(random.nextBoolean() ? Kind.SCATTER : Kind.SCATTER_SET);
            case 10 -> atomic();
            default -> count();
        };
    }

    private Deed vector(Kind kind) {
        TransferType type = TYPES.get(random.nextInt(TYPES.size()));
        int stride = kind == Kind.BLOCK_STORE || random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(80);
        int room = Math.min(Segment.VECTOR, pages * PAGE / stride) / type.bytes();
        int elements = 1 + random.nextInt(Math.min(room, random.nextInt(4) == 0 ? 512 : 12));
        int extent = ((elements - 1) * stride + 1) * type.bytes();
        return element(kind, random.nextInt(pages * PAGE - extent + 1), elements, stride, type);
    }

    private Deed element(Kind kind, int offset, int elements, int stride, TransferType type) {
        return new Deed(kind, offset, elements, stride, type, 0, ExtendedOpcode.SWAP, random.nextLong());
    }

    private Deed indexed(Kind kind) {
        TransferType type = TYPES.get(random.nextInt(TYPES.size()));
        int range = 1 + random.nextInt(pages * PAGE / type.bytes());
        int elements = 1 + random.nextInt(Math.min(Segment.INDEXES, Segment.VECTOR / type.bytes()));
        int offset = random.nextInt(pages * PAGE - range * type.bytes() + 1);
        return element(kind, offset, kind == Kind.SCATTER ? 1 : elements, range, type);
    }

    private Deed copy() {
        TransferType type = TYPES.get(random.nextInt(TYPES.size()));
        int half = pages * PAGE / 2;
        int elements = 1 + random.nextInt(half / type.bytes());
        int room = half - elements * type.bytes() + 1;
        int low = random.nextInt(room);
        int high = half + random.nextInt(room);
        boolean up = random.nextBoolean();
        return new Deed(
                Kind.COPY, up ? low : high, elements, 1, type, up ? high : low, ExtendedOpcode.SWAP, random.nextLong());
    }

    private Deed atomic() {
        TransferType type = random.nextBoolean() ? TransferType.WORD : TransferType.DOUBLEWORD;
        int offset = random.nextInt(pages * PAGE / 8) * 8;
        ExtendedOpcode operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
        return new Deed(Kind.ATOMIC, offset, 1, 1, type, 0, operation, random.nextLong());
    }

    private Deed count() {
        int counter = random.nextInt(4);
        return plain(Kind.COUNT, pages * PAGE + 8 * counter, 1, 0, counter);
    }
}
