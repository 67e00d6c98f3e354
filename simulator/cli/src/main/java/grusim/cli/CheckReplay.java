package grusim.cli;

import grusim.result.file.CheckJson;
import grusim.result.proof.StepList;
import grusim.run.check.Check;
import grusim.run.check.Replayed;

/** {@code grusim check --replay}: plays one schedule again, step by step or laid out in simulated time. */
final class CheckReplay {
    private final Console console;
    private final CheckSettings settings;

    CheckReplay(Console console, CheckSettings settings) {
        this.console = console;
        this.settings = settings;
    }

    /** Plays the schedule of a token and returns the exit code that its end stands for. */
    int play(Check check, String token, boolean timed) {
        Replayed replayed = check.replay(token, timed);
        if (settings.json()) {
            console.out().append(CheckJson.print(replayed.told(), token.strip(), replayed.beginPs()));
        } else if (!settings.quiet()) {
            console.out().append(StepList.render(replayed.told(), replayed.beginPs(), Console.outputToTerminal()));
        }
        return replayed.violates() ? ExitCode.VIOLATED : ExitCode.DONE;
    }
}
