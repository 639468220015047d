package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.sip.PatronFields.Meaning;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What a machine and the gateway have agreed on outside the protocol (sip2.md sections 13 and 15). The settings
 * behind it are {@link ProfileKeys}; where the agreement has an effect is {@link Dialect}, the codec and the session.
 *
 * @param charset encoding of text
 * @param delimiter byte that ends a coded field
 * @param terminator end of a message on output
 * @param errorDetection when AY and AZ are sent
 * @param characterChecksum whether a checksum over characters is accepted besides the standard's
 * @param unknownCommand what a command that the standard does not know is answered with
 * @param messages the requests that are served; 93, 97 and 99 always are
 * @param offline whether the 98 says that off-line transactions are taken
 * @param secondConnection what a second connection of the same login means
 * @param institution AO on the wire; empty for the terminal's own, {@link #ECHO} for what the machine has sent
 * @param pin whether the machine asks patrons for a PIN
 * @param hiddenFields fields that are never sent to it
 * @param allowedFields of the messages that it names: the only fields that are sent
 * @param renamedFields other names of fields
 * @param patronFields what a 64 says of a patron beyond the standard
 * @param maxFieldLength longest value in characters; 0 for no limit
 * @param dueDate form of AH
 * @param money form of BV and CC
 * @param maxScreenLines most AF in a message
 * @param screenLineLength longest AF in characters, what is longer goes on in the next; 0 for no limit
 * @param joinScreenLines whether all AF are sent as one, for machines that show the first alone
 * @param maxPrintLines most AG in a message
 * @param printLineLength longest AG in characters, what is longer goes on in the next; 0 for no limit
 * @param nonPrinting what stands for a control character in text
 * @param alert when the alert flag of a 10 is set
 * @param cv00OnSuccess whether a plain return has CV 00
 * @param ctAlways whether a 10 has a CT also when it is empty
 * @param transferCodes whether an item that goes to another branch without a hold has CV 04, CT and the alert flag
 * @param checkedInOk whether the return of an item that is not on loan is ok
 * @param showBorrower whether a 10 says in AA who had the item
 */
record TerminalProfile(
        Charset charset,
        char delimiter,
        WireProfile.Terminator terminator,
        WireProfile.ErrorDetection errorDetection,
        boolean characterChecksum,
        UnknownCommand unknownCommand,
        Set<MessageType> messages,
        boolean offline,
        SecondConnection secondConnection,
        String institution,
        Pin pin,
        FieldSet hiddenFields,
        FieldSet allowedFields,
        FieldNames renamedFields,
        PatronFields patronFields,
        int maxFieldLength,
        DueDate dueDate,
        Money money,
        int maxScreenLines,
        int screenLineLength,
        boolean joinScreenLines,
        int maxPrintLines,
        int printLineLength,
        String nonPrinting,
        Alert alert,
        boolean cv00OnSuccess,
        boolean ctAlways,
        boolean transferCodes,
        boolean checkedInOk,
        boolean showBorrower) {

    /** The institution that stands for whatever AO the machine has sent. */
    static final String ECHO = "*";

    /** What an unknown command is answered with. */
    enum UnknownCommand {
        /** Nothing, as the standard says. */
        NONE,
        /** 96, as Koha does. */
        RESEND
    }

    /** What a second connection of the same login means. */
    enum SecondConnection {
        /** Both speak; the log has a warning, for it may be two machines with one login. */
        WARN,
        /** Both speak: a machine with several feed slots. */
        ALLOW,
        /** The older one is closed: a machine that has lost its line comes back. */
        REPLACE,
        /** The newer one may not log in. */
        REFUSE
    }

    /** Whether a machine asks patrons for a PIN. An empty one is never a try and never passed on, whatever it says. */
    enum Pin {
        /** It does: what it sends is checked. */
        ASKED,
        /** It does not: what it sends in AD is no PIN, is not passed on, and CQ is Y for a valid card. */
        NOT_ASKED
    }

    /** Form of AH, which the standard leaves open. */
    enum DueDate {
        /** {@code 20261219    235900}. */
        SIP,
        /** {@code 20261219}. */
        COMPACT,
        /** {@code 2026-12-19}. */
        ISO,
        /** {@code 2026-12-19T23:59:00}. */
        ISO_TIME,
        /** {@code 19.12.2026}. */
        LOCAL,
        /** {@code 19.12.2026 23:59}. */
        LOCAL_TIME
    }

    /** Form of an amount. */
    enum Money {
        /** {@code 2.40}, the standard's. */
        POINT,
        /** {@code 2,40}. */
        COMMA
    }

    /** When the alert flag of a 10 is set. */
    enum Alert {
        /** When somebody must look at the item, and when the return was refused. */
        ATTENTION,
        /** When there is a CV other than 00, and never else. */
        CV,
        /** Never: the machine reads CV. */
        NEVER
    }

    /** The profile of these settings, texts by key; what is not among them has its default. */
    static TerminalProfile of(Map<String, String> texts) {
        ProfileKeys.Reader in = new ProfileKeys.Reader(texts);
        return new TerminalProfile(
                in.value(ProfileKeys.CHARSET),
                in.value(ProfileKeys.DELIMITER),
                in.value(ProfileKeys.TERMINATOR),
                in.value(ProfileKeys.ERROR_DETECTION),
                in.value(ProfileKeys.CHARACTER_CHECKSUM),
                in.value(ProfileKeys.UNKNOWN_COMMAND),
                in.value(ProfileKeys.MESSAGES),
                in.value(ProfileKeys.OFFLINE),
                in.value(ProfileKeys.SECOND_CONNECTION),
                in.value(ProfileKeys.INSTITUTION),
                in.value(ProfileKeys.PIN),
                in.value(ProfileKeys.HIDDEN_FIELDS),
                in.value(ProfileKeys.ALLOWED_FIELDS),
                in.value(ProfileKeys.RENAMED_FIELDS),
                in.value(ProfileKeys.PATRON_FIELDS),
                in.value(ProfileKeys.MAX_FIELD_LENGTH),
                in.value(ProfileKeys.DUE_DATE),
                in.value(ProfileKeys.MONEY),
                in.value(ProfileKeys.MAX_SCREEN_LINES),
                in.value(ProfileKeys.SCREEN_LINE_LENGTH),
                in.value(ProfileKeys.JOIN_SCREEN_LINES),
                in.value(ProfileKeys.MAX_PRINT_LINES),
                in.value(ProfileKeys.PRINT_LINE_LENGTH),
                in.value(ProfileKeys.NON_PRINTING),
                in.value(ProfileKeys.ALERT),
                in.value(ProfileKeys.CV_00_ON_SUCCESS),
                in.value(ProfileKeys.CT_ALWAYS),
                in.value(ProfileKeys.TRANSFER_CODES),
                in.value(ProfileKeys.CHECKED_IN_OK),
                in.value(ProfileKeys.SHOW_BORROWER));
    }

    /** Whether the machine is served this request. */
    boolean serves(MessageType request) {
        return request == MessageType.LOGIN
                || request == MessageType.SC_STATUS
                || request == MessageType.REQUEST_ACS_RESEND
                || messages.contains(request);
    }

    /** Whether no field is hidden or has another name: the usual case. */
    boolean sendsEveryFieldAsItIs() {
        return hiddenFields.entries().isEmpty()
                && allowedFields.entries().isEmpty()
                && renamedFields.renamed().isEmpty();
    }

    /** Whether this profile lets a field that says who somebody is stand under this code in messages of this type. */
    boolean isPersonal(MessageType type, String code) {
        return patronFields.fields().stream()
                        .anyMatch(entry -> entry.code().equals(code) && entry.meaning() == Meaning.BIRTH_DATE)
                || (!renamedFields.renamed().isEmpty()
                        && Arrays.stream(Field.values())
                                .filter(field -> field.privacy() != Field.Privacy.PLAIN)
                                .anyMatch(field ->
                                        renamedFields.of(type, field.code()).equals(code)));
    }

    /** Whether a response has AY and AZ. */
    boolean detects(boolean requestHad) {
        return switch (errorDetection) {
            case AUTO -> requestHad;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    /** The codec's part of it, under these ceilings. */
    WireProfile wire(int maxFrameBytes, int maxFields) {
        return new WireProfile(
                charset, delimiter, terminator, errorDetection, maxFrameBytes, maxFields, characterChecksum);
    }
}
