package fi.kimppa.kiosk.session;

import fi.kimppa.device.SelfTestReport;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.rfid.PadTag;
import java.time.Duration;
import java.util.Optional;

/** What staff, or the kiosk for staff, have learnt. No patron has a place in it. */
public sealed interface StaffNews {
    /** Whether a PIN was right. */
    record PinChecked(long request, boolean right) implements StaffNews {}

    /** How the machine is. */
    record Looked(MachineView view) implements StaffNews {}

    /** A tag with its security; empty when it does not answer any more. */
    record TagRead(Optional<PadTag> tag) implements StaffNews {}

    /** How a self-test went; empty when the kiosk has no such device. */
    record Tested(Optional<SelfTestReport> report) implements StaffNews {}

    /**
     * What the library said of itself.
     *
     * @param took until the answer; empty when none came
     * @param institution AO of the answer
     * @param library AM of the answer; empty when it has none
     */
    record LineTested(Optional<Duration> took, String institution, String library) implements StaffNews {}

    /** What became of a paper that staff asked for. */
    record Papered(PrintOutcome outcome) implements StaffNews {}

    /** Whether what staff let be heard could be played. */
    record Played(boolean works) implements StaffNews {}

    /** The gateway told of itself and of the branch. */
    record BranchTold(BranchNow now) implements StaffNews {}

    /** Staff elsewhere want the program started anew as soon as nobody is here. */
    record RestartWanted() implements StaffNews {}

    /** The library told its time. {@code off}: by how much its clock is before ours. */
    record ClockCompared(Duration off) implements StaffNews {}
}
