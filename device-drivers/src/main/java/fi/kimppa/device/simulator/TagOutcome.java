package fi.kimppa.device.simulator;

/** What came of a command that changes a tag. */
sealed interface TagOutcome {
    /** The tag did it and is now as given. */
    record Changed(VirtualTag tag) implements TagOutcome {}

    /**
     * The tag refused.
     *
     * @param error one of {@link fi.kimppa.device.rfid.TagError}
     */
    record Refused(int error) implements TagOutcome {}

    /** The radio link was too poor to write. */
    record WriteFailed() implements TagOutcome {}

    /** No tag with that UID lies there. */
    record Silent() implements TagOutcome {}
}
