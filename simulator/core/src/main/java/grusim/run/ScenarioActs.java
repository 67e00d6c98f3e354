package grusim.run;

import grusim.driver.GruDriver;
import grusim.driver.MessageQueues;
import grusim.driver.ThreadState;
import grusim.engine.Cpu;
import grusim.engine.Routine;
import grusim.gru.Chiplet;
import grusim.isa.ChipletMap;
import grusim.linux.Kernel;
import grusim.machine.Machine;
import grusim.machine.PhysicalMemory;
import grusim.workload.Act;
import grusim.workload.QueueSpec;
import grusim.workload.ScenarioSpec;

/** Makes programs of what the agents of a scenario do, act by act. */
final class ScenarioActs {
    private final ScenarioSpec scenario;
    private final Machine machine;
    private final Kernel kernel;
    private final GruDriver driver;
    private final Chiplet chiplet;
    private final ScenarioNames names;
    private final MessageTraffic traffic;

    ScenarioActs(
            ScenarioSpec scenario,
            Machine machine,
            Kernel kernel,
            GruDriver driver,
            Chiplet chiplet,
            ScenarioNames names,
            MessageTraffic traffic) {
        this.scenario = scenario;
        this.machine = machine;
        this.kernel = kernel;
        this.driver = driver;
        this.chiplet = chiplet;
        this.names = names;
        this.traffic = traffic;
    }

    /** The program of an agent. */
    Routine program(ScenarioSpec.Agent agent) {
        ScenarioProgram program = new ScenarioProgram(machine.engine(), agent.name(), driver, chiplet);
        for (Act act : agent.does()) {
            if (act instanceof Act.Instruction instruction) {
                add(program, instruction);
            } else if (act instanceof Act.Vm vm) {
                add(program, vm);
            } else if (act instanceof Act.Life life) {
                add(program, life, agent);
            } else if (act instanceof Act.Message message) {
                add(program, message, scenario.agents().indexOf(agent));
            }
        }
        return program;
    }

    private void add(ScenarioProgram program, Act.Instruction act) {
        ThreadState gts = names.context(act.context());
        if (act instanceof Act.Start start) {
            start(program, gts, start.cb(), start.page(), start.write());
        } else if (act instanceof Act.Copy copy) {
            long from = names.page(copy.from()).at() + PhysicalMemory.FRAME_BYTES - ChipletMap.LINE_BYTES;
            program.copy(gts, copy.cb(), from, names.page(copy.to()).at(), copy.lines(), words(copy));
            program.await(gts, copy.cb(), true, "wait for the control block");
        } else if (act instanceof Act.Load load) {
            start(program, gts, load.cb(), load.page(), load.write());
            program.await(gts, load.cb(), true, "wait for the control block");
        } else if (act instanceof Act.Wait wait) {
            program.await(gts, wait.cb(), wait.callsOs(), "wait for the control block");
        }
    }

    private void start(ScenarioProgram program, ThreadState gts, int cb, String page, boolean write) {
        program.start(gts, cb, names.page(page).at(), write, (write ? "start a store to " : "start a load of ") + page);
    }

    private static String words(Act.Copy copy) {
        return "start a copy of " + copy.lines() + " lines from the end of " + copy.from() + " to " + copy.to();
    }

    private void add(ScenarioProgram program, Act.Vm act) {
        ScenarioSpec.Page page = names.page(act.page());
        long mm = names.space(page.space()).id();
        if (act instanceof Act.Touch touch) {
            program.call("touch " + act.page(), kernel.handleFault(), mm, page.at(), touch.write() ? 1 : 0);
        } else if (act instanceof Act.Reclaim) {
            long end = page.at() + PhysicalMemory.FRAME_BYTES;
            program.call("reclaim " + act.page(), kernel.reclaimPages(), 1, mm + 1, page.at(), end);
        } else if (act instanceof Act.Munmap munmap) {
            program.call("munmap " + act.page(), kernel.calls().munmap(), mm, page.at(), munmap.lengthBytes());
        }
    }

    private void add(ScenarioProgram program, Act.Life act, ScenarioSpec.Agent agent) {
        if (act instanceof Act.Exit) {
            program.call("exit", kernel.exitMmap(), names.space(agent.space()).id());
            for (ScenarioSpec.Context context : scenario.contexts()) {
                if (context.space().equals(agent.space())) {
                    program.call(
                            "close " + context.name(),
                            driver.closeSegment(),
                            names.context(context.name()).id());
                }
            }
        } else if (act instanceof Act.Register) {
            program.call(
                    "register the notifier",
                    kernel.registerNotifier(),
                    names.space(agent.space()).id());
        } else if (act instanceof Act.Unload unload) {
            int gts = names.context(unload.context()).id();
            program.call("unload " + unload.context(), driver.unloadRequest(), gts, unload.saved() ? 1 : 0);
        } else if (act instanceof Act.Close close) {
            program.call(
                    "close " + close.context(),
                    driver.closeSegment(),
                    names.context(close.context()).id());
        } else if (act instanceof Act.Migrate migrate) {
            ThreadState gts = names.context(migrate.context());
            Cpu to = migrate.to().isEmpty() ? machine.cpu(1, 0) : names.cpu(migrate.to());
            if (!migrate.to().isEmpty()) {
                driver.mayRunOn(gts, to);
            }
            String where = migrate.to().isEmpty() ? "another blade" : "the core of " + migrate.to();
            program.move(gts, to, "move the thread of " + migrate.context() + " to " + where);
        } else if (act instanceof Act.Call call) {
            program.call(
                    "call the OS about " + call.context(),
                    driver.callOs(),
                    names.context(call.context()).id(),
                    call.cb());
        } else if (act instanceof Act.Reload reload) {
            program.call(
                    "reload " + reload.context(),
                    driver.segmentFault(),
                    names.context(reload.context()).id());
        }
    }

    private void add(ScenarioProgram program, Act.Message act, int agent) {
        MessageQueues queues = driver.messageQueues();
        int queue = traffic.queue(act.queue());
        if (act instanceof Act.Send send) {
            int tag = MessageQueues.tag(agent, traffic.next(agent, act.queue()));
            int lines = send.sizeBytes() > QueueSpec.LINE_BYTES ? 2 : 1;
            program.call("send to " + act.queue(), queues.sendUntilTaken(), queue, tag, lines);
        } else if (act instanceof Act.Receive receive) {
            for (int i = 0; i < receive.count(); i++) {
                program.call("receive from " + act.queue(), queues.receive(), queue, 1);
                program.callWithResult("give the message's lines back", queues.free(), queue, MessageQueues::lines);
            }
        }
    }
}
