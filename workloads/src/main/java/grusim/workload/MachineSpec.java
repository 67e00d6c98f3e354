package grusim.workload;

/**
 * A NUMA machine of blades joined by NUMAlink; each blade has sockets of cores, local memory and one hub with GRU
 * chiplets.
 *
 * <p>Keys that a preset supplies can be overridden one by one. Does not describe the CPU caches.
 */
public record MachineSpec(
        @Knob(doc = "The machine whose published figures supply the defaults below.", value = "uv1000")
        MachinePreset preset,

        @Knob(doc = "Number of blades in the whole machine.", value = "1", min = "1", max = "16384")
        int blades,

        @Knob(
                doc = "Number of partitions (separate kernels) the blades are divided into evenly.",
                value = "1",
                min = "1",
                max = "128")
        int partitions,

        @Knob(
                doc = "CPU sockets per blade.",
                value = "2",
                min = "1",
                max = "8",
                source = "UV 2000 User's Manual 007-5832-002, two sockets per node (V)")
        int socketsPerBlade,

        @Knob(doc = "Cores per socket.", preset = true, min = "1", max = "64")
        int coresPerSocket,

        @Knob(
                doc = "Hyperthreads per core, each a CPU of its own; they share their core's fault map.",
                value = "1",
                min = "1",
                max = "2")
        int threadsPerCore,

        @Knob(
                doc = "GRU chiplets per hub.",
                value = "2",
                min = "1",
                max = "8",
                source = "Linux driver sgi-gru, gruhandles.h: 2 chiplets per hub (V)")
        int chipletsPerBlade,

        @Knob(doc = "Memory of each blade.", value = "4 GiB", min = "64 KiB", max = "1 TiB")
        long memoryPerBladeBytes,

        @Knob(doc = "Blades under one router: the radix of the fat tree.", preset = true, min = "2", max = "1024")
        int bladesPerRouter,

        @Knob(
                doc = "Time for the GRU to read one line from the memory of its own blade.",
                preset = true,
                min = "1 ps",
                max = "1 ms")
        long localLineLatencyPs,

        @Knob(doc = "Bandwidth of each blade's memory.", preset = true, min = "1 MB/s", max = "100 TB/s")
        long memoryBandwidthBytesPerSecond,

        @Knob(doc = "One way through one router, cable included.", preset = true, max = "1 ms")
        long hopLatencyPs,

        @Knob(
                doc = "Bandwidth of each blade's NUMAlink port in each direction.",
                preset = true,
                min = "1 MB/s",
                max = "100 TB/s")
        long linkBandwidthBytesPerSecond,

        @Knob(doc = "A store or line flush from a core to its hub, or an answer back.", preset = true, max = "1 ms")
        long hubLatencyPs) {}
