package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/**
 * 94: whether the terminal may go on (SIP2 2.00, Login Response).
 *
 * @param ok whether it is logged in
 * @param extras further coded fields, in wire order
 */
public record LoginResponse(boolean ok, List<CodedField> extras) implements Response {
    /** Takes copies of the lists. */
    public LoginResponse {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static LoginResponse from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new LoginResponse(in.yes(FixedField.OK), in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.LOGIN_RESPONSE;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type()).ok(FixedField.OK, ok).build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
