package grusim.run;

import grusim.driver.GruDriver;
import grusim.driver.Requests;
import grusim.engine.Agent;
import grusim.workload.RequestStep;

/** The requests of programs to the GRU driver. */
final class RequestCalls {
    /** A thread state's number for an address without segment. */
    private static final int NO_SEGMENT = -1;

    private final Requests requests;

    RequestCalls(GruDriver driver) {
        requests = driver.requests();
    }

    /** Ends the step with the request of a program's step. */
    void call(Agent a, ThreadRun thread, RequestStep step, int returnPc) {
        int mm = thread.process.mm.id();
        if (step instanceof RequestStep.Createcontext s) {
            a.call(requests.createContext(), returnPc, segment(thread, s.segment()), mm, bit(s.badPointer()));
            a.local(3, s.cbrs());
            a.local(4, s.dsrBytes());
            a.local(5, s.threads());
        } else if (step instanceof RequestStep.Mapsegment s) {
            int sharedWrite = bit(s.shared() && s.writable());
            a.call(
                    requests.mapSegment(),
                    returnPc,
                    thread.gts.id(),
                    sharedWrite,
                    s.misalignmentBytes(),
                    s.lengthBytes());
        } else if (step instanceof RequestStep.Setoption s) {
            a.call(requests.setOption(), returnPc, segment(thread, s.segment()), mm, bit(s.badPointer()));
            a.local(4, option(s.option()));
            a.local(5, s.blade());
            a.local(6, s.chiplet());
        } else if (step instanceof RequestStep.Unload s) {
            unload(a, thread, s, returnPc);
        } else if (step instanceof RequestStep.Flushtlb s) {
            int region = thread.process.region(s.region());
            long start = thread.process.base(region) + s.offsetBytes();
            a.call(requests.flushTlb(), returnPc, segment(thread, s.segment()), mm, bit(s.badPointer()));
            a.local(4, start);
            a.local(5, start + VmCalls.length(thread.process, region, s.offsetBytes(), s.lengthBytes()));
        } else if (step instanceof RequestStep.Statistics s) {
            a.call(requests.statistics(), returnPc, segment(thread, s.segment()), mm, bit(s.badPointer()));
        } else if (step instanceof RequestStep.Dumpchiplet s) {
            a.call(requests.dumpChiplet(), returnPc, bit(s.badPointer()), s.chiplet(), s.context(), bit(s.data()));
            a.local(4, s.bufferBytes());
        } else {
            a.call(requests.unknown(), returnPc);
        }
    }

    private void unload(Agent a, ThreadRun thread, RequestStep.Unload step, int returnPc) {
        if (step.context() == RequestStep.Target.ALL) {
            a.call(requests.unloadAll(), returnPc, bit(step.privileged()), bit(step.badPointer()));
        } else {
            int gts = step.context() == RequestStep.Target.OWN ? thread.gts.id() : NO_SEGMENT;
            a.call(requests.unload(), returnPc, gts, thread.process.mm.id(), bit(step.badPointer()));
        }
    }

    private static int segment(ThreadRun thread, RequestStep.Segment segment) {
        return segment == RequestStep.Segment.OWN ? thread.gts.id() : NO_SEGMENT;
    }

    private static int option(RequestStep.Option option) {
        return switch (option) {
            case OWNER -> Requests.OWNER;
            case SLICE -> Requests.SLICE;
            case BLADE_CHIPLET -> Requests.BLADE_CHIPLET;
            case UNKNOWN -> Requests.UNKNOWN;
        };
    }

    private static int bit(boolean set) {
        return set ? 1 : 0;
    }
}
