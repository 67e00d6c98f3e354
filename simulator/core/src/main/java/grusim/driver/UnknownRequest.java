package grusim.driver;

import grusim.engine.Agent;
import grusim.engine.Why;
import grusim.linux.Errno;

/** An ioctl that the driver does not know (gru_file_unlocked_ioctl): bad request code. */
final class UnknownRequest extends DriverRoutine {
    UnknownRequest(GruDriver driver) {
        super(driver, "gru_file_unlocked_ioctl", 0);
    }

    @Override
    public String stepName(int pc) {
        return pc == 0 ? "enter" : "unknown request";
    }

    @Override
    public void step(Agent a, int pc) {
        if (pc == 0) {
            a.next(1, driver.syscallCostPs() + driver.costs().ioctlCostPs(), Why.OS_CALL);
        } else {
            a.done(-Errno.EBADRQC);
        }
    }
}
