package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.FaultScript.Piece;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.LockSupport;

/** A link on which things go wrong as a script decides. */
final class ScriptedLink implements ByteLink {
    /** The second of two equal pieces comes when the host has begun to wait for the next. */
    private static final long SOON = 2_000_000;

    private final ByteLink link;
    private final FaultScript script;
    private final Random random;
    private final int number;
    private final ConcurrentLinkedDeque<Piece> coming;

    ScriptedLink(ByteLink link, FaultScript script, Random random, int number) {
        this.link = link;
        this.script = script;
        this.random = random;
        this.number = number;
        this.coming = script.late();
    }

    @Override
    public DeviceAddress address() {
        return link.address();
    }

    @Override
    public int read(byte[] buffer, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Piece next = coming.peek();
            long now = System.nanoTime();
            if (next != null) {
                pause(Math.min(next.due(), deadline) - now);
                return System.nanoTime() - next.due() < 0 ? 0 : deliver(buffer);
            }
            byte[] bytes = new byte[buffer.length];
            int count = link.read(bytes, Duration.ofNanos(Math.max(0, deadline - now)));
            if (count > 0) {
                arrive(Arrays.copyOf(bytes, count));
            }
            if (coming.isEmpty() && System.nanoTime() - deadline >= 0) {
                return 0;
            }
        }
    }

    /** The oldest piece, or as much of it as there is room for. */
    private int deliver(byte[] buffer) {
        Piece piece = coming.remove();
        int count = Math.min(buffer.length, piece.bytes().length);
        System.arraycopy(piece.bytes(), 0, buffer, 0, count);
        if (count < piece.bytes().length) {
            coming.addFirst(new Piece(Arrays.copyOfRange(piece.bytes(), count, piece.bytes().length), piece.due()));
        }
        return count;
    }

    private void arrive(byte[] bytes) {
        long now = System.nanoTime();
        switch (script.next(random, "link " + number + " reads")) {
            case NONE -> coming.add(new Piece(bytes, now));
            case LATE -> coming.add(new Piece(bytes, now + script.delay(random).toNanos()));
            case LOST -> {
                // Nothing arrives.
            }
            case DAMAGED -> coming.add(new Piece(damaged(bytes), now));
            case TWICE -> {
                coming.add(new Piece(bytes, now));
                coming.add(new Piece(bytes, now + SOON));
            }
            case HALF -> {
                coming.add(new Piece(Arrays.copyOf(bytes, (bytes.length + 1) / 2), now));
                // The other half is late, or never comes.
                if (random.nextBoolean()) {
                    byte[] rest = Arrays.copyOfRange(bytes, (bytes.length + 1) / 2, bytes.length);
                    coming.add(new Piece(rest, now + script.delay(random).toNanos()));
                }
            }
            case RESET -> throw reset(Phase.READ);
            case POWER_CUT -> script.cutPower();
        }
    }

    @Override
    public void write(byte[] bytes) {
        switch (script.next(random, "link " + number + " writes")) {
            case NONE -> link.write(bytes);
            case LATE -> {
                pause(script.delay(random).toNanos());
                link.write(bytes);
            }
            case LOST -> {
                // Nothing is sent.
            }
            case DAMAGED -> link.write(damaged(bytes));
            case TWICE -> {
                link.write(bytes);
                link.write(bytes);
            }
            case HALF -> link.write(Arrays.copyOf(bytes, (bytes.length + 1) / 2));
            case RESET -> throw reset(Phase.WRITE);
            case POWER_CUT -> {
                script.cutPower();
                link.write(bytes);
            }
        }
    }

    /** Up to eight bits of one byte: no check sum of 16 bits overlooks it. */
    private byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(0xFF));
        return damaged;
    }

    private LinkException reset(Phase phase) {
        coming.clear();
        link.close();
        return new LinkException(address(), phase, Duration.ZERO, StatusReason.UNPLUGGED, "reset by script");
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
