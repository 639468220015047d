package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/**
 * 96: your message was damaged, please send it again (SIP2 2.00, Request Sc Resend).
 *
 * @param extras further coded fields, in wire order
 */
public record RequestScResend(List<CodedField> extras) implements Response {
    /** Takes copies of the lists. */
    public RequestScResend {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static RequestScResend from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new RequestScResend(in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.REQUEST_SC_RESEND;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type()).build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
