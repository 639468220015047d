package fi.kimppa.device.link;

import fi.kimppa.device.TracedFrame;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last frames of one line. What goes one way without a turn is one frame; it gets its stand-ins before it is kept, and until
 * then it stays here no longer than until the line turns or the conversation ends. Any thread.
 */
final class FrameRing implements LinkTap {
    static final int FRAMES = 500;
    /** A frame is no longer than this; what a device babbles on is the next one. */
    private static final int LONGEST = 8_192;

    private final FrameMask mask;
    private final Clock clock;
    private final Deque<TracedFrame> frames = new ArrayDeque<>();
    private ByteArrayOutputStream running = new ByteArrayOutputStream();
    private boolean toDevice;
    private Instant began = Instant.EPOCH;

    FrameRing(FrameMask mask, Clock clock) {
        this.mask = mask;
        this.clock = clock;
    }

    @Override
    public void sent(byte[] bytes) {
        add(true, bytes);
    }

    @Override
    public void received(byte[] bytes) {
        add(false, bytes);
    }

    private synchronized void add(boolean sent, byte[] bytes) {
        if (sent != toDevice || running.size() + bytes.length > LONGEST) {
            end();
        }
        if (running.size() == 0) {
            toDevice = sent;
            began = clock.instant();
        }
        running.writeBytes(bytes);
    }

    /** Nothing more of the frame that was begun will come. */
    synchronized void end() {
        if (running.size() == 0) {
            return;
        }
        byte[] bytes = running.toByteArray();
        // A new one: what is reset keeps its bytes, a card's number among them.
        running = new ByteArrayOutputStream();
        frames.addLast(new TracedFrame(began, toDevice, mask.masked(toDevice, bytes)));
        if (frames.size() > FRAMES) {
            frames.removeFirst();
        }
    }

    synchronized List<TracedFrame> frames() {
        end();
        return List.copyOf(frames);
    }
}
