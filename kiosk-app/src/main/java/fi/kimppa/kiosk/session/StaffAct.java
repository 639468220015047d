package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.SelfTestLevel;

/** What staff can touch in their menu. */
public sealed interface StaffAct {
    /** Turns to another page. */
    record Open(StaffPage page) implements StaffAct {}

    /** Leaves the menu. */
    record Close() implements StaffAct {}

    /** Tests a device. */
    record SelfTest(DeviceKind device, SelfTestLevel level) implements StaffAct {}

    /** Asks the library for its status. */
    record TestLine() implements StaffAct {}

    /** Feeds paper and cuts it. */
    record Feed() implements StaffAct {}

    /** Prints a page that shows letters and sizes. */
    record TestPage() implements StaffAct {}

    /** There is new paper. */
    record PaperChanged() implements StaffAct {}

    /** What was done today, on paper. */
    record PrintDay() implements StaffAct {}

    /** The slips that could not be printed when their things came back, on paper. */
    record PrintSlips() implements StaffAct {}

    /** Those things have been seen to without slips. */
    record ForgetSlips() implements StaffAct {}

    /** Nothing more goes into this bin. */
    record BinFull(String bin) implements StaffAct {}

    /** The bin is empty again. */
    record BinEmptied(String bin) implements StaffAct {}

    /** Out of service until it is taken back, over restarts too. */
    record TakeOut(Upkeep.Closure why) implements StaffAct {}

    /** Back into service. */
    record PutBack() implements StaffAct {}

    /**
     * Turns the loudspeaker up.
     *
     * @param steps of 6 dB; down where negative
     */
    record Volume(int steps) implements StaffAct {}

    /** Lets something be heard. */
    record Play(Announcement what) implements StaffAct {}

    /**
     * Ends the program, so that the system starts it anew.
     *
     * @param machine the whole computer too
     */
    record Restart(boolean machine) implements StaffAct {}

    /** What staff's own log calls it; empty for what changes nothing. */
    default String audit() {
        return switch (this) {
            case Open _, Close _ -> "";
            case SelfTest(DeviceKind device, SelfTestLevel level) -> "SELF_TEST " + device + " " + level;
            case TestLine() -> "TEST_LINE";
            case Feed() -> "FEED";
            case TestPage() -> "TEST_PAGE";
            case PaperChanged() -> "PAPER_CHANGED";
            case PrintDay() -> "PRINT_DAY";
            case PrintSlips() -> "PRINT_SLIPS";
            case ForgetSlips() -> "FORGET_SLIPS";
            case BinFull(String bin) -> "BIN_FULL " + bin;
            case BinEmptied(String bin) -> "BIN_EMPTIED " + bin;
            case TakeOut(Upkeep.Closure why) -> "TAKEN_OUT " + why;
            case PutBack() -> "PUT_BACK";
            case Volume(int steps) -> "VOLUME " + steps;
            case Play(Announcement what) -> "PLAY " + what;
            case Restart(boolean machine) -> machine ? "RESTART_MACHINE" : "RESTART";
        };
    }
}
