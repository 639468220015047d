package fi.kimppa.device.rfid;

/** What happens on a pad. Each tag arrives, may become stable, and leaves; then it may arrive again. */
public sealed interface PadEvent {
    /** A tag was seen for the first time; it may only be passing. */
    record Arrived(Uid uid) implements PadEvent {}

    /**
     * A tag lies there and has been read, without its security. Tags that lay there when the watch began arrive and become stable too.
     */
    record Stable(PadTag tag) implements PadEvent {}

    /** A tag that had arrived is gone. */
    record Left(Uid uid) implements PadEvent {}
}
