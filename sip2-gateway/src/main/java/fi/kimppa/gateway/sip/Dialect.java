package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.GatewayClock;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.SupportedMessages;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.FixedField;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.MessageType;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a machine's messages differ from the gateway's: pure functions at the rim of a session, from a frame and a
 * {@link TerminalProfile} to a frame. What is about bytes is the codec's matter, what is about waiting the session's.
 */
final class Dialect {
    private static final Set<String> AMOUNTS = Set.of("BV", "CC");
    private static final Set<String> HOLDS = Set.of("01", "02", "03");
    private static final String NO_REASON = "00";
    private static final String PLAIN_TRANSFER = "04";

    private final MessageType type;
    private final Map<FixedField, String> fixed;
    private final List<CodedField> fields;
    private final TerminalProfile profile;

    private Dialect(Frame frame, TerminalProfile profile) {
        this.type = frame.type();
        this.fixed = new EnumMap<>(FixedField.class);
        this.fixed.putAll(frame.fixed());
        this.fields = new ArrayList<>(frame.fields());
        this.profile = profile;
    }

    // ---- heard -------------------------------------------------------------------------------------------

    /**
     * What a machine's request means to the gateway: under the institution that its login stands for, and without a
     * PIN where the machine asks for none.
     *
     * @param request as it came; the passwords stay the request's, to be erased there
     */
    static Frame heard(Frame request, TerminalProfile profile, Terminal terminal) {
        List<CodedField> fields = new ArrayList<>(request.fields());
        fields.replaceAll(field -> is(field, Field.AO) ? CodedField.of(Field.AO, terminal.institutionId()) : field);
        if (profile.pin() == TerminalProfile.Pin.NOT_ASKED) {
            fields.removeIf(field -> is(field, Field.AD));
        }
        return request.withFields(fields);
    }

    /** The first AO of a request; empty without one. */
    static Optional<String> institution(Frame request) {
        return value(request.fields(), Field.AO);
    }

    // ---- said --------------------------------------------------------------------------------------------

    /**
     * The gateway's response as this machine shall have it.
     *
     * @param terminal who is logged in
     * @param asked AO of the request
     */
    static Frame said(Frame response, TerminalProfile profile, Optional<Terminal> terminal, Optional<String> asked) {
        Dialect dialect = new Dialect(response, profile);
        dialect.institution(asked);
        switch (response.type()) {
            case ACS_STATUS -> dialect.capabilities();
            case CHECKIN_RESPONSE -> dialect.checkin();
            case PATRON_INFORMATION_RESPONSE -> {
                dialect.pin();
                dialect.patronFields(terminal);
            }
            case PATRON_STATUS_RESPONSE, PATRON_ENABLE_RESPONSE -> dialect.pin();
            default -> {}
        }
        dialect.forms();
        dialect.lines(Field.AF, profile.maxScreenLines(), profile.screenLineLength(), profile.joinScreenLines());
        dialect.lines(Field.AG, profile.maxPrintLines(), profile.printLineLength(), false);
        dialect.choose();
        return new Frame(response.type(), dialect.fixed, dialect.fields, response.sequence());
    }

    /** The answer to a return of what was not on loan, for a machine that shall refuse it; a hold that waits wins. */
    static Frame notOnLoan(Frame checkinResponse) {
        Map<FixedField, String> fixed = new EnumMap<>(FixedField.class);
        fixed.putAll(checkinResponse.fixed());
        if (value(checkinResponse.fields(), Field.CV).filter(HOLDS::contains).isEmpty()) {
            fixed.put(FixedField.OK, "0");
            fixed.put(FixedField.RESENSITIZE, "N");
            fixed.put(FixedField.ALERT, "Y");
        }
        return new Frame(checkinResponse.type(), fixed, checkinResponse.fields(), checkinResponse.sequence());
    }

    private void institution(Optional<String> asked) {
        Optional<String> institution = profile.institution().equals(TerminalProfile.ECHO)
                ? asked
                : Optional.of(profile.institution()).filter(code -> !code.isEmpty());
        institution.ifPresent(code -> replace(Field.AO, code));
    }

    /** What the machine may not ask for the gateway cannot do. */
    private void capabilities() {
        value(Field.BX)
                .ifPresent(offered -> replace(
                        Field.BX,
                        SupportedMessages.wire(Arrays.stream(MessageType.values())
                                .filter(message -> SupportedMessages.has(offered, message) && profile.serves(message))
                                .collect(Collectors.toSet()))));
        deny(FixedField.CHECKIN_OK, profile.serves(MessageType.CHECKIN));
        deny(FixedField.CHECKOUT_OK, profile.serves(MessageType.CHECKOUT));
        deny(FixedField.ACS_RENEWAL_POLICY, profile.serves(MessageType.RENEW));
        deny(FixedField.STATUS_UPDATE_OK, profile.serves(MessageType.BLOCK_PATRON));
        deny(FixedField.OFFLINE_OK, profile.offline());
    }

    private void deny(FixedField flag, boolean stays) {
        if (!stays) {
            fixed.put(flag, "N");
        }
    }

    private void checkin() {
        if (!profile.transferCodes()
                && value(Field.CV).filter(PLAIN_TRANSFER::equals).isPresent()) {
            remove(Field.CV);
            remove(Field.CT);
            fixed.put(FixedField.ALERT, "N");
        }
        if (!profile.showBorrower()) {
            remove(Field.AA);
        }
        switch (profile.alert()) {
            case ATTENTION -> {}
            case CV ->
                fixed.put(
                        FixedField.ALERT,
                        value(Field.CV).filter(code -> !code.equals(NO_REASON)).isPresent() ? "Y" : "N");
            case NEVER -> fixed.put(FixedField.ALERT, "N");
        }
        boolean ok = "1".equals(fixed.get(FixedField.OK));
        if (profile.cv00OnSuccess() && ok && value(Field.CV).isEmpty()) {
            fields.add(CodedField.of(Field.CV, NO_REASON));
        }
        if (profile.ctAlways() && value(Field.CT).isEmpty()) {
            fields.add(CodedField.of(Field.CT, ""));
        }
    }

    /** A PIN that is not asked for cannot be wrong. */
    private void pin() {
        boolean valid = value(Field.BL).filter("Y"::equals).isPresent();
        if (profile.pin() == TerminalProfile.Pin.NOT_ASKED && valid) {
            remove(Field.CQ);
            fields.add(positionAfter(Field.BL), CodedField.of(Field.CQ, "Y"));
        }
    }

    /** What backends tell of a patron beyond the standard goes to doors, and where a profile names it. */
    private void patronFields(Optional<Terminal> terminal) {
        boolean door = terminal.filter(who -> who.kind() == Terminal.Kind.DOOR).isPresent();
        if (door && profile.patronFields().fields().isEmpty()) {
            return;
        }
        Map<String, String> told = new HashMap<>();
        fields.removeIf(field -> {
            boolean known = PatronFields.FROM_BACKENDS.contains(field.code());
            if (known && field instanceof CodedField.Text(String code, String text)) {
                told.putIfAbsent(code, text);
            }
            return known;
        });
        for (PatronFields.Entry wanted : profile.patronFields().fields()) {
            Optional<String> text = switch (wanted.meaning()) {
                case BIRTH_DATE -> Optional.ofNullable(told.get("PB"));
                case CARD_EXPIRES ->
                    Optional.ofNullable(told.get("PX"))
                            .filter(time -> time.length() >= 8)
                            .map(time -> time.substring(0, 8));
                case CARD_EXPIRES_TIME -> Optional.ofNullable(told.get("PX"));
                case SELF_SERVICE -> Optional.ofNullable(told.get("PA"));
                case HOME_LIBRARY -> Optional.ofNullable(told.get("AQ"));
                case PATRON_CLASS -> Optional.ofNullable(told.get("PC"));
            };
            text.ifPresent(value -> fields.add(new CodedField.Text(wanted.code(), value)));
        }
    }

    // ---- forms of values ---------------------------------------------------------------------------------

    private void forms() {
        fields.replaceAll(field -> {
            if (field instanceof CodedField.Text(String code, String value)) {
                String formed = cut(printable(form(code, value)));
                return formed.equals(value) ? field : new CodedField.Text(code, formed);
            }
            return field;
        });
    }

    private String form(String code, String value) {
        if (code.equals(Field.AH.code())) {
            return dueDate(value);
        }
        return profile.money() == TerminalProfile.Money.COMMA && AMOUNTS.contains(code)
                ? value.replace('.', ',')
                : value;
    }

    /** A date that is none of SIP2's stays as the backend has said it. */
    private String dueDate(String text) {
        if (profile.dueDate() == TerminalProfile.DueDate.SIP
                || text.length() != Timestamp.BLANK.text().length()) {
            return text;
        }
        return new Timestamp(text)
                .instant(GatewayClock.ZONE)
                .map(instant -> LocalDateTime.ofInstant(instant, GatewayClock.ZONE))
                .map(local -> switch (profile.dueDate()) {
                    case SIP -> text;
                    case COMPACT -> date(local, "uuuuMMdd");
                    case ISO -> date(local, "uuuu-MM-dd");
                    case ISO_TIME -> date(local, "uuuu-MM-dd'T'HH:mm:ss");
                    case LOCAL -> date(local, "d.M.uuuu");
                    case LOCAL_TIME -> date(local, "d.M.uuuu HH:mm");
                })
                .orElse(text);
    }

    private static String date(LocalDateTime local, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(local);
    }

    private String printable(String value) {
        if (value.chars().noneMatch(Character::isISOControl)) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        value.codePoints().forEach(point -> {
            if (Character.isISOControl(point)) {
                text.append(profile.nonPrinting());
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.toString();
    }

    private String cut(String value) {
        int most = profile.maxFieldLength();
        return most == 0 || value.codePointCount(0, value.length()) <= most
                ? value
                : value.substring(0, value.offsetByCodePoints(0, most));
    }

    // ---- lines for people --------------------------------------------------------------------------------

    /** The lines in the order in which they were said, the most important first. */
    private void lines(Field field, int most, int length, boolean joined) {
        List<String> said = fields.stream()
                .filter(one -> is(one, field))
                .map(one -> one instanceof CodedField.Text text ? text.value() : "")
                .toList();
        if (said.isEmpty() || (said.size() <= most && length == 0 && !joined)) {
            return;
        }
        List<String> whole = joined ? List.of(String.join(" ", said)) : said;
        List<String> lines = whole.stream()
                .flatMap(line -> wrap(line, length).stream())
                .limit(most)
                .toList();
        if (!lines.equals(said)) {
            int at = position(field);
            remove(field);
            fields.addAll(
                    at, lines.stream().map(line -> CodedField.of(field, line)).toList());
        }
    }

    /** Breaks at blanks; a word that is longer than a line is broken within. */
    static List<String> wrap(String text, int length) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (length > 0 && rest.length() > length) {
            int blank = rest.lastIndexOf(' ', length);
            int end = blank > 0 ? blank : length;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    // ---- names -------------------------------------------------------------------------------------------

    /** Hidden wins over allowed; names are given last, so that both speak of the standard's. */
    private void choose() {
        if (profile.sendsEveryFieldAsItIs()) {
            return;
        }
        fields.removeIf(field -> profile.hiddenFields().has(type, field.code())
                || (profile.allowedFields().concerns(type)
                        && !profile.allowedFields().has(type, field.code())));
        fields.replaceAll(field -> field instanceof CodedField.Text(String code, String value)
                ? new CodedField.Text(profile.renamedFields().of(type, code), value)
                : field);
    }

    // ---- fields of the frame -----------------------------------------------------------------------------

    private static boolean is(CodedField field, Field wanted) {
        return field.code().equals(wanted.code());
    }

    private Optional<String> value(Field wanted) {
        return value(fields, wanted);
    }

    private static Optional<String> value(List<CodedField> fields, Field wanted) {
        return fields.stream()
                .filter(field -> is(field, wanted))
                .findFirst()
                .flatMap(field -> field instanceof CodedField.Text text ? Optional.of(text.value()) : Optional.empty());
    }

    private void replace(Field wanted, String text) {
        fields.replaceAll(field -> is(field, wanted) ? CodedField.of(wanted, text) : field);
    }

    private void remove(Field wanted) {
        fields.removeIf(field -> is(field, wanted));
    }

    private int position(Field wanted) {
        for (int i = 0; i < fields.size(); i++) {
            if (is(fields.get(i), wanted)) {
                return i;
            }
        }
        return fields.size();
    }

    private int positionAfter(Field wanted) {
        return Math.min(fields.size(), position(wanted) + 1);
    }
}
