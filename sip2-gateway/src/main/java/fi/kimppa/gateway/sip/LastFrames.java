package fi.kimppa.gateway.sip;

import java.util.Arrays;
import java.util.Optional;

/**
 * What one connection remembers for 97 and for repeats: the last response, and the last request that was executed
 * with its response. Requests carry PINs, so what is forgotten is overwritten. For one thread.
 *
 * <p>The two are apart because a 96 for a garbled repeat must not make the gateway forget that the request behind
 * it has been executed.
 */
final class LastFrames {
    private static final byte[] NOTHING = new byte[0];

    private byte[] sent = NOTHING;
    private byte[] request = NOTHING;
    private byte[] response = NOTHING;

    /** Remembers a response for 97. */
    void sent(byte[] bytes) {
        sent = bytes;
    }

    /** Remembers an executed request and its response, in place of the ones before, which are overwritten. */
    void executed(byte[] executed, byte[] answer) {
        wipe();
        request = executed;
        response = answer;
        sent = answer;
    }

    /** The last response, byte for byte, if there was one. */
    Optional<byte[]> lastResponse() {
        return sent.length == 0 ? Optional.empty() : Optional.of(sent);
    }

    /** The response to the last executed request if this line is the same request again. */
    Optional<byte[]> repeatOf(byte[] line) {
        return request.length > 0 && Arrays.equals(request, line) ? Optional.of(response) : Optional.empty();
    }

    /** Overwrites everything. */
    void wipe() {
        Arrays.fill(request, (byte) 0);
        Arrays.fill(response, (byte) 0);
        Arrays.fill(sent, (byte) 0);
        request = NOTHING;
        response = NOTHING;
        sent = NOTHING;
    }
}
