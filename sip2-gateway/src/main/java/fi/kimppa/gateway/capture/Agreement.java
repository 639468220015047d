package fi.kimppa.gateway.capture;

import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import java.util.function.BiPredicate;

/**
 * How a connection's messages are to be read.
 *
 * @param codec charset, delimiter and the rest
 * @param personal whether what stands under this code in a message of this type says who somebody is, beyond what the
 *     standard's table says: profiles give fields other names
 */
public record Agreement(FrameCodec codec, BiPredicate<MessageType, String> personal) {}
