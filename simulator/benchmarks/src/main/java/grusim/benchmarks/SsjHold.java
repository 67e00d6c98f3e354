package grusim.benchmarks;

import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.EventList;

/** The hold model on SSJ's simulator with one of its event lists. */
final class SsjHold extends HoldModel {
    private final Simulator simulator;
    private int left;

    private final class Pending extends Event {
        Pending() {
            super(simulator);
        }

        @Override
        public void actions() {
            fire();
            schedule(delays.next());
            if (--left == 0) {
                simulator.stop();
            }
        }
    }

    SsjHold(int pending, EventList list) {
        simulator = new Simulator(list);
        simulator.init();
        for (int i = 0; i < pending; i++) {
            new Pending().schedule(delays.next());
        }
    }

    @Override
    void hold(int events) {
        left = events;
        simulator.start();
    }

    @Override
    long nowTicks() {
        return (long) simulator.time();
    }
}
