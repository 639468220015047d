package fi.kimppa.device.simulator;

import fi.kimppa.device.TracedFrame;
import fi.kimppa.device.link.ByteLink;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Plays the device's part of a trace: what the host says is looked up from where the play stands, round once if need be, and what
 * the device answered then is answered now. What the trace does not hold is met with silence. One per link.
 */
public final class Replay {
    private static final Duration GAP = Duration.ofMillis(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST = 65_536;

    private final List<TracedFrame> frames;
    private int next;

    /** A play of these frames, in their order. */
    public Replay(List<TracedFrame> frames) {
        this.frames = List.copyOf(frames);
    }

    /** Plays on a link until it ends; blocks. */
    public void serve(ByteLink link) {
        byte[] buffer = new byte[4096];
        var heard = new ByteArrayOutputStream();
        while (true) {
            int count = link.read(buffer, heard.size() > 0 ? GAP : PATIENCE);
            if (count == 0 || heard.size() > LONGEST) {
                heard.reset();
                continue;
            }
            heard.write(buffer, 0, count);
            int found = find(heard.toByteArray());
            if (found >= 0) {
                heard.reset();
                answer(link, found + 1);
            }
        }
    }

    private int find(byte[] said) {
        for (int i = 0; i < frames.size(); i++) {
            int at = (next + i) % frames.size();
            TracedFrame frame = frames.get(at);
            if (frame.toDevice() && Arrays.equals(frame.bytes(), said)) {
                return at;
            }
        }
        return -1;
    }

    private void answer(ByteLink link, int from) {
        next = from;
        while (next < frames.size() && !frames.get(next).toDevice()) {
            link.write(frames.get(next).bytes());
            next++;
        }
    }
}
