package fi.kimppa.device.rfid;

import fi.kimppa.device.link.LinkTap;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Watches what a driver sends, and keeps every command that changes a tag and is not addressed to the one tag that may change. */
final class SentWrites implements LinkTap {
    private static final Set<Integer> FEIG_HOST_WRITES = Set.of(
            FeigCommand.WRITE_BLOCKS,
            FeigCommand.LOCK_BLOCKS,
            FeigCommand.WRITE_AFI,
            FeigCommand.LOCK_AFI,
            FeigCommand.WRITE_DSFID,
            FeigCommand.LOCK_DSFID);
    private static final Set<Integer> BIBLIOTHECA_READS = Set.of(
            BibliothecaCommand.INVENTORY,
            BibliothecaCommand.VERSION,
            BibliothecaCommand.SETTINGS,
            BibliothecaCommand.READ_BLOCKS,
            BibliothecaCommand.GET_AFI,
            BibliothecaCommand.GET_DSFID,
            BibliothecaCommand.CHECK_EAS,
            BibliothecaCommand.TAG_INFORMATION);

    private final PadMake make;
    private final List<String> forbidden = new CopyOnWriteArrayList<>();
    private volatile Optional<Uid> expected = Optional.empty();

    SentWrites(PadMake make) {
        this.make = make;
    }

    void expect(Optional<Uid> mayChange) {
        expected = mayChange;
    }

    List<String> forbidden() {
        return forbidden;
    }

    @Override
    public void received(byte[] bytes) {
        // Only what is sent can change a tag.
    }

    @Override
    public void sent(byte[] bytes) {
        boolean allowed = make == PadMake.FEIG
                ? allowed(new FeigFrameParser().feed(bytes, bytes.length).getFirst())
                : allowed(new BibliothecaFrameParser().feed(bytes, bytes.length).getFirst());
        if (!allowed) {
            forbidden.add(HexFormat.of().formatHex(bytes));
        }
    }

    private boolean allowed(FeigFrame frame) {
        byte[] rest = frame.rest();
        return switch (frame.command()) {
            case FeigCommand.HOST -> !FEIG_HOST_WRITES.contains(rest[0] & 0xFF) || addressed(rest, 1);
            case FeigCommand.CUSTOM -> (rest[1] & 0xFF) == FeigCommand.EAS_ALARM || addressed(rest, 2);
            default -> true;
        };
    }

    private boolean addressed(byte[] rest, int mode) {
        return rest[mode] == FeigCommand.ADDRESSED && names(rest, mode + 1);
    }

    private boolean allowed(BibliothecaFrame frame) {
        return frame.start() == BibliothecaFrame.Start.WAKE
                || BIBLIOTHECA_READS.contains(frame.command())
                || names(frame.rest(), 0);
    }

    private boolean names(byte[] rest, int at) {
        return expected.equals(Optional.of(Uid.of(Arrays.copyOfRange(rest, at, at + 8))));
    }
}
