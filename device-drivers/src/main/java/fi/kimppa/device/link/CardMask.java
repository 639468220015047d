package fi.kimppa.device.link;

import java.util.Arrays;

/**
 * Stand-ins in the commands and responses of cards: no key is kept at all, and whatever a card says of itself gets a stand-in, because it
 * is somebody's. What is asked and how it ends stays readable.
 */
public final class CardMask implements FrameMask {
    private static final int HEADER = 5;
    private static final int STATUS = 2;

    @Override
    public byte[] masked(boolean toDevice, byte[] bytes) {
        byte[] out = bytes.clone();
        if (!toDevice) {
            int said = Math.max(0, bytes.length - STATUS);
            replace(out, 0, said);
        } else if (bytes.length > HEADER && (bytes[1] & 0xFF) == CardCommand.LOAD_KEY) {
            Arrays.fill(out, HEADER, out.length, (byte) 0);
        } else if (bytes.length > HEADER && (bytes[1] & 0xFF) != CardCommand.AUTHENTICATE) {
            replace(out, HEADER, out.length);
        }
        return out;
    }

    private static void replace(byte[] bytes, int from, int to) {
        byte[] other = StandIns.OF_THIS_RUN.bytes(Arrays.copyOfRange(bytes, from, to), to - from);
        System.arraycopy(other, 0, bytes, from, other.length);
    }
}
