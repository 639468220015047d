package fi.kimppa.gateway.backend.koha;

import fi.kimppa.gateway.backend.koha.Found.Account;
import fi.kimppa.gateway.backend.koha.Found.Hold;
import fi.kimppa.gateway.backend.koha.Found.Loan;
import fi.kimppa.gateway.backend.koha.Found.Patron;
import fi.kimppa.gateway.backend.koha.Lookup.Holder;
import fi.kimppa.gateway.circulation.NoEntry;
import fi.kimppa.gateway.circulation.Tell;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Answers 23 and 63: who this is and how it stands. A wrong PIN gets no word about the patron. */
final class PatronDesk {
    private final Lookup lookup;
    private final PatronLists lists;
    private final Branches branches;
    private final Optional<SelfService> selfService;
    private final Optional<BigDecimal> feeLimit;
    private final Answers answers;

    PatronDesk(
            Lookup lookup,
            Branches branches,
            Optional<SelfService> selfService,
            Optional<BigDecimal> feeLimit,
            Answers answers) {
        this.lookup = lookup;
        this.lists = new PatronLists(lookup, answers);
        this.branches = branches;
        this.selfService = selfService;
        this.feeLimit = feeLimit;
        this.answers = answers;
    }

    /**
     * What is known of a card.
     *
     * @param patron empty if the answer must tell nothing
     * @param valid BL
     * @param pinWasRight CQ; empty when nobody asked
     * @param text what is wrong, if anything is
     */
    private record Known(Optional<Patron> patron, boolean valid, Optional<Boolean> pinWasRight, Optional<String> text) {
        static Known nothing(boolean valid, Optional<Boolean> pinWasRight, String text) {
            return new Known(Optional.empty(), valid, pinWasRight, Optional.of(text));
        }
    }

    PatronStatusResponse status(PatronStatusRequest request, Visit visit) {
        Known known = look(visit, request.patronIdentifier(), request.patronPassword());
        Optional<Account> account = known.patron().flatMap(patron -> lookup.account(visit, patron));
        return new PatronStatusResponse(
                known.patron().map(patron -> denied(patron, account)).orElse(PatronStatus.UNKNOWN_CARD),
                request.language(),
                answers.now(),
                visit.terminal().institutionId(),
                request.patronIdentifier(),
                known.patron().map(Patron::name).orElse(""),
                Optional.of(known.valid()),
                known.pinWasRight(),
                account.map(_ -> FeeDesk.CURRENCY),
                account.map(Account::balance),
                screen(visit, known, account),
                List.of(),
                List.of());
    }

    PatronInformationResponse information(PatronInformation request, Visit visit) {
        Known known = look(visit, request.patronIdentifier(), request.patronPassword());
        if (known.patron().isEmpty()) {
            return PatronInformationResponse.bare(
                    PatronStatus.UNKNOWN_CARD,
                    request.language(),
                    answers.now(),
                    visit.terminal().institutionId(),
                    request.patronIdentifier(),
                    Optional.of(known.valid()),
                    known.pinWasRight(),
                    screen(visit, known, Optional.empty()));
        }
        Patron patron = known.patron().get();
        List<Loan> loans = lookup.loans(visit, patron);
        Optional<List<Hold>> holds = lookup.holds(visit, patron);
        Optional<Account> account = lookup.account(visit, patron);
        return new PatronInformationResponse(
                denied(patron, account),
                known.pinWasRight().orElse(false) ? language(patron, request) : request.language(),
                answers.now(),
                lists.counts(loans, holds, account),
                visit.terminal().institutionId(),
                request.patronIdentifier(),
                patron.name(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(true),
                known.pinWasRight(),
                account.map(_ -> FeeDesk.CURRENCY),
                account.map(Account::balance),
                feeLimit,
                lists.entries(request, visit, loans, holds.orElse(List.of()), account),
                Optional.empty(),
                // For the gateway's own mails alone: it asks without a PIN, and of such a 64 no machine hears anything.
                patron.mail().filter(_ -> known.pinWasRight().isEmpty()),
                Optional.empty(),
                screen(visit, known, account),
                List.of(),
                known.pinWasRight().orElse(false) ? beyondTheStandard(visit, patron) : List.of());
    }

    /** That of the patron for a kiosk of ours that offers it to them; for others the one in which they asked. */
    private static String language(Patron patron, PatronInformation request) {
        return patron.language()
                .filter(_ -> Tell.LANGUAGE.isAskedBy(request))
                .map(Language::tagged)
                .filter(language -> language != Language.UNSPECIFIED)
                .map(Language::code)
                .orElse(request.language());
    }

    private Known look(Visit visit, String card, Optional<Secret> pin) {
        return switch (lookup.holder(visit, card)) {
            case Holder.Nobody _ -> Known.nothing(false, Optional.empty(), "card.unknown");
            case Holder.Hidden _ -> Known.nothing(true, Optional.empty(), "card.hidden");
            case Holder.Known(Patron patron) -> {
                Optional<Boolean> right = lookup.pinIsRight(visit, patron, pin);
                yield right.orElse(true)
                        ? new Known(Optional.of(patron), true, right, against(patron))
                        : Known.nothing(true, right, "card.unknown");
            }
        };
    }

    private Optional<String> against(Patron patron) {
        if (patron.lost()) {
            return Optional.of("card.lost");
        }
        if (patron.expired(answers.today())) {
            return Optional.of("card.expired");
        }
        if (patron.restricted()) {
            return Optional.of("card.restricted");
        }
        return patron.withoutAddress() ? Optional.of("card.address") : Optional.empty();
    }

    private List<String> screen(Visit visit, Known known, Optional<Account> account) {
        if (known.text().isPresent()) {
            return answers.screen(visit, known.text().get());
        }
        return account.filter(this::owesTooMuch)
                .map(owed -> answers.screen(
                        visit,
                        "fees.over",
                        answers.money(owed.balance(), visit),
                        answers.money(feeLimit.orElseThrow(), visit)))
                .orElse(List.of());
    }

    private boolean owesTooMuch(Account account) {
        return feeLimit.filter(limit -> account.balance().compareTo(limit) > 0).isPresent();
    }

    /** What the checks of Koha itself will deny (C4/Circulation.pm), told before the first thing is on the pad. */
    private PatronStatus denied(Patron patron, Optional<Account> account) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        if (against(patron).isPresent()) {
            flags.addAll(PatronStatus.UNKNOWN_CARD.flags());
        }
        if (patron.lost()) {
            flags.add(Flag.CARD_REPORTED_LOST);
        }
        if (account.filter(this::owesTooMuch).isPresent()) {
            flags.add(Flag.CHARGE_PRIVILEGES_DENIED);
            flags.add(Flag.EXCESSIVE_OUTSTANDING_FEES);
        }
        return new PatronStatus(flags);
    }

    /** Who is it: for doors and for machines whose profile names it; the rim of the session drops it for all others. */
    private List<CodedField> beyondTheStandard(Visit visit, Patron patron) {
        List<CodedField> fields = new ArrayList<>();
        patron.born().map(PatronDesk::basic).ifPresent(day -> fields.add(new CodedField.Text("PB", day)));
        patron.expires()
                .map(day -> Timestamp.of(day.atTime(23, 59, 59)).text())
                .ifPresent(end -> fields.add(new CodedField.Text("PX", end)));
        fields.add(new CodedField.Text("PC", patron.category()));
        fields.add(new CodedField.Text("AQ", branches.ours(patron.library())));
        if (visit.terminal().kind() == Terminal.Kind.DOOR) {
            selfService.map(door -> door.mayEnter(visit, patron.card())).ifPresent(said -> {
                fields.add(new CodedField.Text("PA", said.granted() ? "1" : "0"));
                said.noEntry().ifPresent(why -> fields.add(new CodedField.Text(NoEntry.FIELD, why.text())));
            });
        }
        return fields;
    }

    private static String basic(LocalDate day) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }
}
