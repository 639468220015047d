package fi.kimppa.device.simulator;

/**
 * How the virtual printer is, and how it says so. Immutable.
 *
 * @param jammed something is in the cutter
 * @param cutterStopped the cutter has stopped because of that; stays until the printer is told to go on
 */
record PrinterCondition(
        Paper paper,
        boolean coverOpen,
        boolean jammed,
        boolean cutterStopped,
        boolean hot,
        boolean broken,
        boolean offLine,
        boolean ticket) {
    static final PrinterCondition WELL =
            new PrinterCondition(Paper.ENOUGH, false, false, false, false, false, false, false);

    PrinterCondition withPaper(Paper amount) {
        return new PrinterCondition(amount, coverOpen, jammed, cutterStopped, hot, broken, offLine, ticket);
    }

    PrinterCondition withCoverOpen(boolean open) {
        return new PrinterCondition(paper, open, jammed, cutterStopped, hot, broken, offLine, ticket);
    }

    /** What is in the cutter stops it at once; taking it out does not start it again. */
    PrinterCondition withJam(boolean jam) {
        return new PrinterCondition(paper, coverOpen, jam, cutterStopped || jam, hot, broken, offLine, ticket);
    }

    /** The host has told it to go on. */
    PrinterCondition recovered() {
        return new PrinterCondition(paper, coverOpen, jammed, jammed, hot, broken, offLine, ticket);
    }

    PrinterCondition withHot(boolean isHot) {
        return new PrinterCondition(paper, coverOpen, jammed, cutterStopped, isHot, broken, offLine, ticket);
    }

    PrinterCondition withBroken(boolean isBroken) {
        return new PrinterCondition(paper, coverOpen, jammed, cutterStopped, hot, isBroken, offLine, ticket);
    }

    PrinterCondition withOffLine(boolean isOffLine) {
        return new PrinterCondition(paper, coverOpen, jammed, cutterStopped, hot, broken, isOffLine, ticket);
    }

    PrinterCondition withTicket(boolean isThere) {
        return new PrinterCondition(paper, coverOpen, jammed, cutterStopped, hot, broken, offLine, isThere);
    }

    boolean prints() {
        return paper != Paper.OUT && !coverOpen && !cutterStopped && !hot && !broken && !offLine;
    }

    /** The answer to {@code DLE EOT question}, 1 to 4. */
    byte realTime(int question) {
        int bits = switch (question) {
            case 1 -> prints() ? 0 : 0x08;
            case 2 ->
                (coverOpen ? 0x04 : 0) | (paper == Paper.OUT ? 0x20 : 0) | (cutterStopped || hot || broken ? 0x40 : 0);
            case 3 -> (cutterStopped ? 0x08 : 0) | (broken ? 0x20 : 0) | (hot ? 0x40 : 0);
            default -> paper == Paper.OUT ? 0x60 : paper == Paper.LOW ? 0x0C : 0;
        };
        return (byte) (0x12 | bits);
    }

    /** What it tells by itself after {@code GS a}. */
    byte[] automatic() {
        return new byte[] {
            (byte) (0x10 | (prints() ? 0 : 0x08) | (coverOpen ? 0x20 : 0)),
            (byte) ((cutterStopped ? 0x08 : 0) | (broken ? 0x20 : 0) | (hot ? 0x40 : 0)),
            (byte) (paper == Paper.OUT ? 0x0F : paper == Paper.LOW ? 0x03 : 0),
            0x0F
        };
    }

    /** The answer to {@code GS r 1}. */
    byte reached() {
        return (byte) (paper == Paper.OUT ? 0x0F : paper == Paper.LOW ? 0x03 : 0);
    }

    /** The answer to Custom's {@code DLE EOT 20}. */
    byte[] full() {
        return new byte[] {
            0x10,
            0x0F,
            (byte) ((paper == Paper.OUT ? 0x01 : 0) | (paper == Paper.ENOUGH ? 0 : 0x04) | (ticket ? 0x20 : 0)),
            (byte) (coverOpen ? 0x02 : 0),
            (byte) (hot ? 0x01 : 0),
            (byte) ((cutterStopped ? 0x01 : 0) | (broken ? 0x04 : 0))
        };
    }
}
