package fi.kimppa.device.rfid;

/** What happens on a pad, after doubt has been settled. */
public sealed interface PadEvent {
    /** A tag lies there and has been read, without its security. Tags that lay there when the watch began arrive too. */
    record Arrived(PadTag tag) implements PadEvent {}

    /** A tag that had arrived is gone. */
    record Left(Uid uid) implements PadEvent {}
}
