package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.SettingGroup;
import fi.kimppa.gateway.consortium.SettingKey;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.MessageType.Direction;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The settings of a terminal profile: one line each, with its default; the meaning is {@link TerminalProfile}'s. */
@Configuration(proxyBeanMethods = false)
class ProfileKeys {
    /** What all keys begin with; the installation's file has them without it. */
    static final String PREFIX = "sip.";

    /** Written for a blank, which alone nobody sees. */
    private static final String BLANK = "blank";

    private static final Set<MessageType> ALWAYS_SERVED =
            EnumSet.of(MessageType.LOGIN, MessageType.SC_STATUS, MessageType.REQUEST_ACS_RESEND);

    static final SettingKey<Charset> CHARSET =
            SettingKey.oneOf("sip.charset", StandardCharsets.UTF_8, charsets(), ProfileKeys::name);
    static final SettingKey<Character> DELIMITER =
            SettingKey.form("sip.delimiter", '|', "delimiter", ProfileKeys::delimiter, String::valueOf);
    static final SettingKey<WireProfile.Terminator> TERMINATOR =
            SettingKey.choice("sip.terminator", WireProfile.Terminator.CR);
    static final SettingKey<WireProfile.ErrorDetection> ERROR_DETECTION =
            SettingKey.choice("sip.error-detection", WireProfile.ErrorDetection.AUTO);
    static final SettingKey<Boolean> CHARACTER_CHECKSUM = SettingKey.yesNo("sip.character-checksum", false);
    static final SettingKey<TerminalProfile.UnknownCommand> UNKNOWN_COMMAND =
            SettingKey.choice("sip.unknown-command", TerminalProfile.UnknownCommand.NONE);

    static final SettingKey<Set<MessageType>> MESSAGES =
            SettingKey.form("sip.messages", servable(), "messages", ProfileKeys::messages, ProfileKeys::codes);
    static final SettingKey<Boolean> OFFLINE = SettingKey.yesNo("sip.offline", true);
    static final SettingKey<TerminalProfile.SecondConnection> SECOND_CONNECTION =
            SettingKey.choice("sip.second-connection", TerminalProfile.SecondConnection.WARN);
    static final SettingKey<String> INSTITUTION =
            SettingKey.form("sip.institution", "", "institution", ProfileKeys::institution, text -> text);
    static final SettingKey<TerminalProfile.Pin> PIN = SettingKey.choice("sip.pin", TerminalProfile.Pin.ASKED);

    static final SettingKey<FieldSet> HIDDEN_FIELDS =
            SettingKey.form("sip.hidden-fields", FieldSet.NONE, "fields", FieldSet::read, FieldSet::text);
    static final SettingKey<FieldSet> ALLOWED_FIELDS =
            SettingKey.form("sip.allowed-fields", FieldSet.NONE, "fields", FieldSet::read, FieldSet::text);
    static final SettingKey<FieldNames> RENAMED_FIELDS =
            SettingKey.form("sip.renamed-fields", FieldNames.STANDARD, "names", FieldNames::read, FieldNames::text);
    static final SettingKey<PatronFields> PATRON_FIELDS =
            SettingKey.form("sip.patron-fields", PatronFields.NONE, "patron", PatronFields::read, PatronFields::text);
    static final SettingKey<Integer> MAX_FIELD_LENGTH = SettingKey.whole("sip.max-field-length", 255, 0, 9999);
    static final SettingKey<TerminalProfile.DueDate> DUE_DATE =
            SettingKey.choice("sip.due-date", TerminalProfile.DueDate.SIP);
    static final SettingKey<TerminalProfile.Money> MONEY = SettingKey.choice("sip.money", TerminalProfile.Money.POINT);

    static final SettingKey<Integer> MAX_SCREEN_LINES = SettingKey.whole("sip.max-screen-lines", 99, 0, 99);
    static final SettingKey<Integer> SCREEN_LINE_LENGTH = SettingKey.whole("sip.screen-line-length", 0, 0, 999);
    static final SettingKey<Boolean> JOIN_SCREEN_LINES = SettingKey.yesNo("sip.join-screen-lines", false);
    static final SettingKey<Integer> MAX_PRINT_LINES = SettingKey.whole("sip.max-print-lines", 99, 0, 99);
    static final SettingKey<Integer> PRINT_LINE_LENGTH = SettingKey.whole("sip.print-line-length", 0, 0, 999);
    static final SettingKey<String> NON_PRINTING = SettingKey.form(
            "sip.non-printing",
            " ",
            "replacement",
            ProfileKeys::replacement,
            signs -> signs.equals(" ") ? BLANK : signs);

    static final SettingKey<TerminalProfile.Alert> ALERT =
            SettingKey.choice("sip.alert", TerminalProfile.Alert.ATTENTION);
    static final SettingKey<Boolean> CV_00_ON_SUCCESS = SettingKey.yesNo("sip.cv-00-on-success", false);
    static final SettingKey<Boolean> CT_ALWAYS = SettingKey.yesNo("sip.ct-always", false);
    static final SettingKey<Boolean> TRANSFER_CODES = SettingKey.yesNo("sip.transfer-codes", true);
    static final SettingKey<Boolean> CHECKED_IN_OK = SettingKey.yesNo("sip.checked-in-ok", true);
    static final SettingKey<Boolean> SHOW_BORROWER = SettingKey.yesNo("sip.show-borrower", false);

    /** All of them, in the order of the reference. */
    static final SettingGroup ALL = new SettingGroup(List.of(
            CHARSET,
            DELIMITER,
            TERMINATOR,
            ERROR_DETECTION,
            CHARACTER_CHECKSUM,
            UNKNOWN_COMMAND,
            MESSAGES,
            OFFLINE,
            SECOND_CONNECTION,
            INSTITUTION,
            PIN,
            HIDDEN_FIELDS,
            ALLOWED_FIELDS,
            RENAMED_FIELDS,
            PATRON_FIELDS,
            MAX_FIELD_LENGTH,
            DUE_DATE,
            MONEY,
            MAX_SCREEN_LINES,
            SCREEN_LINE_LENGTH,
            JOIN_SCREEN_LINES,
            MAX_PRINT_LINES,
            PRINT_LINE_LENGTH,
            NON_PRINTING,
            ALERT,
            CV_00_ON_SUCCESS,
            CT_ALWAYS,
            TRANSFER_CODES,
            CHECKED_IN_OK,
            SHOW_BORROWER));

    @Bean
    static SettingGroup terminalProfileSettings() {
        return ALL;
    }

    /** Values of a profile out of texts by key. */
    record Reader(Map<String, String> texts) {
        <T> T value(SettingKey<T> key) {
            return Optional.ofNullable(texts.get(key.name())).flatMap(key::read).orElse(key.fallback());
        }
    }

    // ---- forms -------------------------------------------------------------------------------------------

    /** The sets that are met in the field (sip2.md section 3), by the names that people know. */
    private static Map<String, Charset> charsets() {
        Map<String, Charset> charsets = new LinkedHashMap<>();
        charsets.put("UTF-8", StandardCharsets.UTF_8);
        charsets.put("ISO-8859-1", StandardCharsets.ISO_8859_1);
        charsets.put("windows-1252", Charset.forName("windows-1252"));
        charsets.put("CP850", Charset.forName("IBM850"));
        charsets.put("ASCII", StandardCharsets.US_ASCII);
        return charsets;
    }

    private static String name(Charset charset) {
        return charsets().entrySet().stream()
                .filter(entry -> entry.getValue().equals(charset))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** A sign that is no letter, digit or blank; a slash stands for the delimiter in values. */
    private static Optional<Character> delimiter(String text) {
        String sign = text.strip();
        return sign.matches("[!-~&&[^A-Za-z0-9/]]") ? Optional.of(sign.charAt(0)) : Optional.empty();
    }

    private static Set<MessageType> servable() {
        return Arrays.stream(MessageType.values())
                .filter(type -> type.direction() == Direction.REQUEST && !ALWAYS_SERVED.contains(type))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Set<MessageType>> messages(String text) {
        EnumSet<MessageType> wanted = EnumSet.noneOf(MessageType.class);
        for (String code : FieldSet.words(text)) {
            Optional<MessageType> type = MessageType.of(code).filter(servable()::contains);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            wanted.add(type.get());
        }
        return Optional.of(Set.copyOf(wanted));
    }

    private static String codes(Set<MessageType> messages) {
        return messages.stream().map(MessageType::code).sorted().collect(Collectors.joining(" "));
    }

    private static Optional<String> institution(String text) {
        return Optional.of(text.strip()).filter(code -> code.matches("[ -~&&[^|]]{0,64}"));
    }

    /** Up to four signs, or the word for a blank. */
    private static Optional<String> replacement(String text) {
        return Optional.of(text.toLowerCase(Locale.ROOT).equals(BLANK) ? " " : text)
                .filter(signs -> signs.matches("[ -~&&[^|]]{0,4}"));
    }
}
