package fi.kimppa.device.link;

/**
 * Puts stand-ins in the place of what may be somebody's number in the bytes of one line. It may remember what was asked, to
 * understand the answer. For one thread.
 */
@FunctionalInterface
public interface FrameMask {
    /** What suits a device that sends numbers as plain text. */
    static FrameMask ofText() {
        return (_, bytes) -> StandIns.OF_THIS_RUN.numbersIn(bytes);
    }

    /**
     * The bytes with stand-ins.
     *
     * @param toDevice whether the host sent them
     * @param bytes what went over the line in one direction without a pause
     */
    byte[] masked(boolean toDevice, byte[] bytes);
}
