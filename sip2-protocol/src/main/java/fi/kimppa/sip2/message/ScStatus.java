package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.util.List;

/**
 * 99: the terminal's state, and a sign of life (SIP2 2.00, Sc Status).
 *
 * @param statusCode 0 ok, 1 out of paper, 2 about to shut down
 * @param maxPrintWidth characters of a receipt line, three digits
 * @param protocolVersion 2.00
 * @param extras further coded fields, in wire order
 */
public record ScStatus(String statusCode, String maxPrintWidth, String protocolVersion, List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public ScStatus {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static ScStatus from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new ScStatus(
                in.fixed(FixedField.STATUS_CODE),
                in.fixed(FixedField.MAX_PRINT_WIDTH),
                in.fixed(FixedField.PROTOCOL_VERSION),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.SC_STATUS;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .fixed(FixedField.STATUS_CODE, statusCode)
                .fixed(FixedField.MAX_PRINT_WIDTH, maxPrintWidth)
                .fixed(FixedField.PROTOCOL_VERSION, protocolVersion)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
