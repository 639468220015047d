package fi.kimppa.sip2.message;

import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import java.util.List;
import java.util.Optional;

/**
 * 93: a terminal says who it is (SIP2 2.00, Login).
 *
 * @param uidAlgorithm 0 = clear
 * @param pwdAlgorithm 0 = clear
 * @param loginUserId CN
 * @param loginPassword CO
 * @param locationCode CP
 * @param extras further coded fields, in wire order
 */
public record Login(
        String uidAlgorithm,
        String pwdAlgorithm,
        String loginUserId,
        Secret loginPassword,
        Optional<String> locationCode,
        List<CodedField> extras)
        implements Request {
    /** Takes copies of the lists. */
    public Login {
        extras = List.copyOf(extras);
    }

    /** Reads the message from its frame. */
    public static Login from(Frame frame) {
        FieldReader in = new FieldReader(frame);
        return new Login(
                in.fixed(FixedField.UID_ALGORITHM),
                in.fixed(FixedField.PWD_ALGORITHM),
                in.text(Field.CN),
                in.secret(Field.CO),
                in.optional(Field.CP),
                in.rest());
    }

    @Override
    public MessageType type() {
        return MessageType.LOGIN;
    }

    @Override
    public Frame toFrame() {
        return new FieldWriter(type())
                .fixed(FixedField.UID_ALGORITHM, uidAlgorithm)
                .fixed(FixedField.PWD_ALGORITHM, pwdAlgorithm)
                .text(Field.CN, loginUserId)
                .secret(Field.CO, loginPassword)
                .text(Field.CP, locationCode)
                .build(extras);
    }

    /** Labelled and masked: safe for logs. */
    @Override
    public String toString() {
        return toFrame().toString();
    }
}
