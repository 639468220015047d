package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/**
 * 97: please send your last response again (SIP2 2.00, Request Acs Resend).
 *
 * @param extras further coded fields, in wire order
 */
public record RequestAcsResend(List<CodedField> extras) implements Request {
    /** Takes copies of the lists. */
    public RequestAcsResend {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static RequestAcsResend from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new RequestAcsResend(in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.REQUEST_ACS_RESEND;
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
