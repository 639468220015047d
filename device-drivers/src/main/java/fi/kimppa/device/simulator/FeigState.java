package fi.kimppa.device.simulator;

import fi.kimppa.device.rfid.FeigCommand;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What the virtual FEIG reader keeps, whichever host talks to it: its identifier, its mode, what it has read by itself and what it was
 * last told to light. Threads: any.
 */
final class FeigState {
    private static final int IDENTIFIER = 0x01;
    private static final int BLOCKS = 0x02;
    private static final int LSB_FIRST = 0x08;
    /** Blocks of each tag that the reader is set to read by itself. */
    private static final int BLOCKS_READ = 8;
    /** Data sets in one answer; a real reader's send buffer ends somewhere, too. */
    private static final int SETS_PER_ANSWER = 4;

    private final Deque<VirtualTag> read = new ArrayDeque<>();
    private int deviceId = 0x0A1B2C3D;
    private boolean scanning;
    private int delivered;
    private Optional<PadSignal> lit = Optional.empty();

    synchronized int deviceId() {
        return deviceId;
    }

    synchronized void setDeviceId(int id) {
        deviceId = id;
    }

    synchronized Optional<PadSignal> lit() {
        return lit;
    }

    synchronized void light(PadSignal signal) {
        lit = Optional.of(signal);
    }

    /** Buffered read mode: the reader asks for tags by itself and takes no commands for them. */
    synchronized boolean scanning() {
        return scanning;
    }

    synchronized void setScanning(boolean on) {
        scanning = on;
        read.clear();
        delivered = 0;
    }

    /**
     * Read buffer: the oldest data sets, which stay until they are cleared. An empty buffer is filled with what lies there now, as if
     * every tag's time to be read again had just come.
     */
    synchronized byte[] readBuffer(PadField field, int sets) {
        if (read.isEmpty()) {
            read.addAll(field.tags());
        }
        if (read.isEmpty()) {
            return new byte[] {(byte) FeigCommand.NO_VALID_DATA};
        }
        delivered = Math.min(read.size(), Math.min(sets, SETS_PER_ANSWER));
        var out = new ByteArrayOutputStream();
        out.write(delivered < read.size() ? FeigCommand.MORE_DATA : FeigCommand.OK);
        out.write(IDENTIFIER | BLOCKS | LSB_FIRST);
        out.write(delivered >> 8);
        out.write(delivered);
        read.stream().limit(delivered).map(FeigState::dataSet).forEach(set -> {
            int length = set.length + 2;
            out.write(length >> 8);
            out.write(length);
            out.writeBytes(set);
        });
        return out.toByteArray();
    }

    /** Transponder type, information, length, UID; number of blocks (2), their size, their bytes. */
    private static byte[] dataSet(VirtualTag tag) {
        int blocks = Math.min(BLOCKS_READ, tag.blocks());
        var out = new ByteArrayOutputStream();
        out.write(FeigCommand.ISO_15693);
        out.write(0);
        byte[] uid = tag.uid().bytes();
        out.write(uid.length);
        out.writeBytes(uid);
        out.write(0);
        out.write(blocks);
        out.write(tag.blockSize());
        out.write(tag.memory(), 0, blocks * tag.blockSize());
        return out.toByteArray();
    }

    /** Clear buffer: forgets what was read last. */
    synchronized void clearBuffer() {
        for (; delivered > 0; delivered--) {
            read.remove();
        }
    }
}
