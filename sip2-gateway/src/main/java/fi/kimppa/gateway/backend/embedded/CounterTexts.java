package fi.kimppa.gateway.backend.embedded;

import fi.kimppa.gateway.backend.embedded.CounterAccount.Awaited;
import fi.kimppa.gateway.backend.embedded.CounterAccount.Block;
import fi.kimppa.gateway.backend.embedded.CounterAccount.Lent;
import fi.kimppa.gateway.backend.embedded.Fees.Fee;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Municipality;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says what the desk shows in the language of whoever reads. */
@Component
class CounterTexts {
    /** One of several values to choose from. */
    record Choice(String value, String text) {}

    /** A loan as a row. */
    record LentLine(String item, String title, String due, boolean late, String renewals) {}

    /** A hold as a row. */
    record AwaitedLine(String title, String where, String state, String since) {}

    /** A fee as a row. */
    record FeeLine(long id, String what, String creditor, String since, String open, String plain) {}

    /** A block as a row. */
    record BlockLine(String at, String where, String message, boolean retained) {}

    /** A line of the record. */
    record ChangeLine(String at, String iso, String who, String what, String reason) {}

    private static final int KINDS_OF_FEES = 9;

    private final MessageSource messages;
    private final Consortium consortium;
    private final DueDates dueDates;
    private final Clock clock;

    CounterTexts(MessageSource messages, Consortium consortium, DueDates dueDates, Clock clock) {
        this.messages = messages;
        this.consortium = consortium;
        this.dueDates = dueDates;
        this.clock = clock;
    }

    // ---- choices -----------------------------------------------------------------------------------------

    List<Choice> branches() {
        return consortium.branches().stream()
                .map(branch -> new Choice(branch.code(), branch.name()))
                .sorted((one, other) -> one.text().compareTo(other.text()))
                .toList();
    }

    List<Choice> codes(List<String> codes) {
        return codes.stream().map(code -> new Choice(code, code)).toList();
    }

    /** Languages by their own names. */
    List<Choice> languages() {
        return CounterPatronForm.LANGUAGES.stream()
                .map(tag -> {
                    Locale language = Locale.of(tag);
                    String name = language.getDisplayLanguage(language);
                    return new Choice(tag, name.substring(0, 1).toUpperCase(language) + name.substring(1));
                })
                .toList();
    }

    String branch(String code) {
        return consortium.branch(code).map(Branch::name).orElse(code);
    }

    String municipality(String code) {
        return consortium.municipality(code).map(Municipality::name).orElse(code);
    }

    // ---- rows --------------------------------------------------------------------------------------------

    LentLine lent(Lent loan, Locale language) {
        return new LentLine(
                loan.item(),
                work(loan.title(), loan.author()),
                day(loan.dueAt(), language),
                loan.dueAt().toInstant().isBefore(clock.instant()),
                Integer.toString(loan.renewals()));
    }

    AwaitedLine awaited(Awaited hold, Locale language) {
        String state = Optional.ofNullable(hold.readyAt())
                .filter(_ -> hold.state() == HoldRow.State.READY)
                .map(ready -> text(
                        language, "desk.hold.READY", day(dueDates.lastOnShelf(ready, hold.pickupBranch()), language)))
                .orElseGet(() -> text(language, "desk.hold." + hold.state()));
        return new AwaitedLine(
                work(hold.title(), hold.author()), branch(hold.pickupBranch()), state, day(hold.placedAt(), language));
    }

    FeeLine fee(Fee fee, Locale language) {
        return new FeeLine(
                fee.id(),
                fee(feeType(fee.feeType(), language), Optional.ofNullable(fee.title())),
                municipality(fee.creditor()),
                day(fee.createdAt(), language),
                money(fee.open(), language),
                fee.open().toPlainString());
    }

    static String fee(String type, Optional<String> title) {
        return title.map(one -> type + ": " + one).orElse(type);
    }

    BlockLine block(Block block, Locale language) {
        return new BlockLine(
                moment(block.blockedAt().toInstant(), language),
                branch(block.branchCode()),
                block.message(),
                block.retained());
    }

    ChangeLine change(CounterRecord.Entry entry, Locale language) {
        String what = text(language, "desk.change." + entry.kind());
        return new ChangeLine(
                moment(entry.at().toInstant(), language),
                entry.at().toInstant().toString(),
                entry.who(),
                entry.what().isEmpty() ? what : what + ": " + details(entry, language),
                entry.reason());
    }

    private String details(CounterRecord.Entry entry, Locale language) {
        return switch (entry.kind()) {
            case FEES_PAID, FEE_WAIVED -> money(new BigDecimal(entry.what()), language);
            case CARD_EXTENDED -> date(LocalDate.parse(entry.what()), language);
            case CARD_REPLACED -> text(language, "desk.replaced." + entry.what());
            case TAG_ORDERED, TAG_WRITTEN -> entry.what();
            default ->
                Arrays.stream(entry.what().split(" ", -1))
                        .map(field -> text(language, "desk.field." + field))
                        .collect(Collectors.joining(", "));
        };
    }

    /** SIP2's table of fee types; one that it does not have is "other". */
    String feeType(String code, Locale language) {
        boolean known = code.matches("0[1-" + KINDS_OF_FEES + "]");
        return text(language, "desk.fee." + (known ? code : "01"));
    }

    static String work(String title, String author) {
        return author.isEmpty() ? title : title + " / " + author;
    }

    // ---- why not -----------------------------------------------------------------------------------------

    /** What speaks against lending to this patron now. */
    List<String> against(PatronRow patron, Locale language) {
        LocalDate today = LocalDate.now(clock);
        Map<String, Predicate<PatronRow>> signs = new LinkedHashMap<>();
        signs.put("LOST", PatronRow::reportedLost);
        signs.put("BLOCKED", PatronRow::blocked);
        signs.put("EXPIRED", one -> one.expired(today));
        signs.put("FEES", PatronRow::owesTooMuch);
        signs.put("OVERDUE", one -> one.overdue() > one.overdueLimit());
        signs.put("LOANS", one -> one.loans() >= one.loanLimit());
        signs.put("HOLDS", one -> one.holds() >= one.holdLimit());
        return signs.entrySet().stream()
                .filter(sign -> sign.getValue().test(patron))
                .map(sign -> text(language, "desk.against." + sign.getKey()))
                .toList();
    }

    String problem(Refused why, Locale language) {
        return text(language, "desk.problem." + why.key(), why.parameters().toArray());
    }

    /** The sentences beside the fields. */
    Map<String, String> problems(Map<String, Refused> problems, Locale language) {
        Map<String, String> sentences = new LinkedHashMap<>();
        problems.forEach((field, why) -> sentences.put(field, problem(why, language)));
        return sentences;
    }

    /** Beside each field that a colleague has saved otherwise meanwhile: as what. */
    Map<String, String> savedOtherwise(Map<String, String> stored, Locale language) {
        Map<String, String> sentences = new LinkedHashMap<>();
        stored.forEach((field, value) ->
                sentences.put(field, text(language, "desk.saved.otherwise", shown(field, value, language))));
        return sentences;
    }

    private String shown(String field, String value, Locale language) {
        return switch (field) {
            case "homeBranch" -> branch(value);
            case "selfService", "forLoan" -> text(language, value.equals("true") ? "desk.yes" : "desk.no");
            case "birthDate", "expiresOn" -> date(LocalDate.parse(value), language);
            default -> value.isEmpty() ? "–" : value;
        };
    }

    // ---- forms of values ---------------------------------------------------------------------------------

    String money(BigDecimal amount, Locale language) {
        DecimalFormat form = new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(language));
        return text(language, "desk.euros", form.format(amount));
    }

    String day(OffsetDateTime moment, Locale language) {
        return date(moment.atZoneSameInstant(clock.getZone()).toLocalDate(), language);
    }

    String date(LocalDate day, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "date.pattern"), language)
                .format(day);
    }

    String moment(Instant at, Locale language) {
        return DateTimeFormatter.ofPattern(text(language, "time.pattern"), language)
                .format(at.atZone(clock.getZone()));
    }

    String text(Locale language, String key, Object... values) {
        return messages.getMessage(key, values, language);
    }
}
