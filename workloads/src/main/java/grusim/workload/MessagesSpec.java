package grusim.workload;

/** How the driver sends and receives messages: its costs and rules. */
public record MessagesSpec(
        @Knob(
                doc =
                        "Pause of a thread whose message was refused, by a full queue or by congestion, before it sends it"
                                + " again.",
                value = "1 us",
                max = "1 s",
                source = Knob.CHOICE)
        long retryDelayPs,

        @Knob(
                doc = "Reading or handing back one line of a message by the receiver.",
                value = "100 ns",
                max = "1 ms",
                source = "assumed; a miss to local memory")
        long lineCostPs,

        @Knob(
                doc =
                        "Whether a sender that finds its half of the queue full takes the other half's lock (fetch-and-clear of"
                                + " hstatus) before it moves the head there.",
                value = "true",
                source = "Linux driver sgi-gru, grukservices.c (V)")
        boolean halfLock,

        @Knob(
                doc = "Whether a sender fills what is left of a half with a no-op message before it moves the head.",
                value = "true",
                source = "Linux driver sgi-gru, grukservices.c (V)")
        boolean padding,

        @Knob(
                doc =
                        "Whether a sender clears both lines of a message that was not put as a whole before it stores them again.",
                value = "true",
                source = "Linux driver sgi-gru, grukservices.c (V)")
        boolean clearBeforeStore,

        @Knob(
                doc = "Whether the receiver waits for the second line of a message before it takes the first.",
                value = "true",
                source = "Linux driver sgi-gru, grukservices.c (V)")
        boolean waitForBothLines) {}
