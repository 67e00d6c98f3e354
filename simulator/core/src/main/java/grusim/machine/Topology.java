package grusim.machine;

import grusim.workload.MachineSpec;

/**
 * How many of what the machine has, and how far apart they are: blades hang on a fat tree whose routers each join {@code
 * bladesPerRouter} blades or routers of the level below.
 *
 * <p>Source: blade structure from the UV User's Manuals; the regular fat tree is assumed. Does not model the choice among
 * parallel paths of the tree: each blade's own port is where messages queue. Immutable; any thread.
 */
public record Topology(
        int blades,
        int socketsPerBlade,
        int coresPerSocket,
        int threadsPerCore,
        int chipletsPerBlade,
        int bladesPerRouter) {
    /** Checks that there is at least one of everything and that routers join something. */
    public Topology {
        if (blades < 1
                || socketsPerBlade < 1
                || coresPerSocket < 1
                || threadsPerCore < 1
                || chipletsPerBlade < 1
                || bladesPerRouter < 2) {
            throw new IllegalArgumentException(
                    "topology: %d blades of %d x %d cores of %d threads and %d chiplets, %d per router"
                            .formatted(
                                    blades,
                                    socketsPerBlade,
                                    coresPerSocket,
                                    threadsPerCore,
                                    chipletsPerBlade,
                                    bladesPerRouter));
        }
    }

    /** The topology a spec describes. */
    public static Topology of(MachineSpec spec) {
        return new Topology(
                spec.blades(),
                spec.socketsPerBlade(),
                spec.coresPerSocket(),
                spec.threadsPerCore(),
                spec.chipletsPerBlade(),
                spec.bladesPerRouter());
    }

    /** Cores of one blade. */
    public int coresPerBlade() {
        return socketsPerBlade * coresPerSocket;
    }

    /** CPUs of one blade: the hyperthreads of its cores. */
    public int cpusPerBlade() {
        return coresPerBlade() * threadsPerCore;
    }

    /** Chiplets of the whole machine. */
    public int chiplets() {
        return blades * chipletsPerBlade;
    }

    /** The number, counted through the machine, of a blade's chiplet. */
    public int chiplet(int blade, int chipletOfBlade) {
        return blade * chipletsPerBlade + chipletOfBlade;
    }

    /** The blade a chiplet sits on. */
    public int bladeOfChiplet(int chiplet) {
        return chiplet / chipletsPerBlade;
    }

    /**
     * Routers a message crosses from one blade to another: none on one blade, one under a common router, and two more for
     * each level it has to climb.
     */
    public int hops(int from, int to) {
        int hops = 0;
        int a = from;
        int b = to;
        while (a != b) {
            a /= bladesPerRouter;
            b /= bladesPerRouter;
            hops += hops == 0 ? 1 : 2;
        }
        return hops;
    }
}
