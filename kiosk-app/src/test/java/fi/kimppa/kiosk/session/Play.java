package fi.kimppa.kiosk.session;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.card.CardNumberRules;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.device.tag.ItemTag;
import fi.kimppa.device.tag.TagContent;
import fi.kimppa.device.tag.TagModel;
import fi.kimppa.device.tag.UsageRule;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Plays one kiosk by hand: events in, effects out, everything by the test's own clock. */
final class Play {
    static final Instant EVENING = Instant.parse("2026-11-24T17:30:00Z");
    static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    static final String CARD = "2000012345";
    static final String STAFF_CARD = "4900000017";
    static final StaffCard STAFF = staff("kortti 3", STAFF_CARD);

    private static final Timestamp STAMP = Timestamp.of(EVENING, HELSINKI);

    KioskState state;
    Instant now = EVENING;
    final List<Effect> effects = new ArrayList<>();

    Play() {
        this(settings(false, true));
    }

    Play(KioskSettings settings) {
        this(settings, DeviceKind.PAD, DeviceKind.PRINTER, DeviceKind.SCANNER);
    }

    /** A kiosk that has these devices. */
    Play(KioskSettings settings, DeviceKind... devices) {
        state = KioskSession.start(settings, EVENING);
        on(new KioskEvent.LineChanged(Surroundings.Line.UP));
        for (DeviceKind kind : devices) {
            on(new KioskEvent.DeviceChanged(kind, new DeviceStatus.Ready(EVENING)));
        }
    }

    static KioskSettings settings(boolean returnOnly, boolean gates) {
        return settings(returnOnly, gates, true);
    }

    static KioskSettings settings(boolean returnOnly, boolean gates, boolean stars) {
        return settings(returnOnly, gates ? Gates.ALARM : Gates.NONE, stars);
    }

    static KioskSettings settings(boolean returnOnly, Gates gates, boolean stars) {
        return settings(returnOnly, gates, stars, true);
    }

    /** Nobody says here that what somebody waits for lies in its bin. */
    static KioskSettings trusting() {
        return settings(false, Gates.ALARM, true, false);
    }

    private static KioskSettings settings(boolean returnOnly, Gates gates, boolean stars, boolean confirmBins) {
        return new KioskSettings(
                "TURKU",
                "TURKU",
                "Turun kaupunginkirjasto",
                Map.of("NAANTALI", "Naantali", "LIETO", "Lieto"),
                List.of("FI-Turku", "FI-Naantali", "FI-Lieto"),
                HELSINKI,
                List.of(Language.FINNISH, Language.SWEDISH, Language.ENGLISH),
                returnOnly ? Set.of(Offering.RETURN) : Set.of(Offering.values()),
                gates,
                new CardRules(
                        Pattern.compile("2\\d{9}"),
                        CardNumberRules.AS_READ,
                        List.of(STAFF),
                        CardRules.Typed.WITHOUT_SCANNER),
                new UsageRule(true, true),
                4,
                10,
                3,
                "9",
                "9",
                Map.of("1", "2"),
                confirmBins,
                false,
                true,
                stars ? EnumSet.allOf(Extra.class) : EnumSet.complementOf(EnumSet.of(Extra.STARS)),
                "",
                "",
                true,
                Duration.ofSeconds(12),
                Timeouts.STANDARD,
                PileRules.USUAL,
                Personal.NOTHING,
                Branding.NONE,
                "");
    }

    /** The usual settings with other rules for piles. */
    static KioskSettings settings(PileRules pile) {
        return settings(pile, Personal.NOTHING);
    }

    /** The usual settings where this of a patron is shown. */
    static KioskSettings settings(Personal personal) {
        return settings(PileRules.USUAL, personal);
    }

    private static KioskSettings settings(PileRules pile, Personal personal) {
        KioskSettings usual = settings(false, true);
        return new KioskSettings(
                usual.institution(),
                usual.branch(),
                usual.libraryName(),
                usual.libraryNames(),
                usual.owners(),
                usual.zone(),
                usual.languages(),
                usual.offerings(),
                usual.gates(),
                usual.cards(),
                usual.usage(),
                usual.leastPinDigits(),
                usual.mostPinDigits(),
                usual.pinTries(),
                usual.laterBin(),
                usual.staffBin(),
                usual.otherBins(),
                usual.confirmBins(),
                usual.testing(),
                usual.kimppaGateway(),
                usual.extras(),
                usual.webAddress(),
                usual.telephone(),
                usual.voice(),
                usual.newsTurn(),
                usual.timeouts(),
                pile,
                personal,
                usual.branding(),
                usual.steering());
    }

    /** The usual settings as a gateway wants them. */
    static KioskSettings steered(Set<Offering> offerings, String version) {
        return steered(offerings, EnumSet.allOf(Extra.class), version);
    }

    /** The usual settings with this much of what can be on. */
    static KioskSettings steered(Set<Offering> offerings, Set<Extra> extras, String version) {
        KioskSettings usual = settings(new PileRules(false, true, PileRules.AskForAll.NEVER));
        return usual.with(offerings, extras, usual.branding(), version);
    }

    /** A card whose PIN nobody computes here: the play says itself whether it was right. */
    private static StaffCard staff(String name, String number) {
        String salt = "0123456789abcdef".repeat(2);
        return new StaffCard(name, 1, salt, StaffCard.fingerprint(salt, number), "00".repeat(32));
    }

    // ---- events ------------------------------------------------------------------------------------------

    /** The effects of this event alone. */
    List<Effect> on(KioskEvent event) {
        Step step = KioskSession.step(state, event);
        state = step.next();
        effects.addAll(step.effects());
        return step.effects();
    }

    List<Effect> touch(Choice choice) {
        return on(new KioskEvent.Touched(choice));
    }

    List<Effect> after(Duration time) {
        now = now.plus(time);
        return on(new KioskEvent.Tick(now));
    }

    List<Effect> seconds(int count) {
        return after(Duration.ofSeconds(count));
    }

    void type(String pin) {
        pin.chars().forEach(digit -> touch(new Choice.Digit(digit - '0')));
    }

    /** From idle to a patron who is logged in, with these loans. */
    Play login(String... loans) {
        on(new KioskEvent.Scanned(CARD));
        type("1234");
        touch(new Choice.Ok());
        answer(patron(List.of(loans)));
        return this;
    }

    /** From idle to a patron who looks at the account. */
    Play openAccount(PatronInformationResponse answer) {
        touch(new Choice.Account());
        on(new KioskEvent.Scanned(CARD));
        type("1234");
        touch(new Choice.Ok());
        answer(answer);
        return this;
    }

    List<Effect> lay(PadTag tag) {
        return on(new KioskEvent.TagArrived(tag));
    }

    List<Effect> lift(PadTag tag) {
        return on(new KioskEvent.TagLeft(tag.uid()));
    }

    /** Answers the last request that was sent. */
    List<Effect> answer(Response response) {
        return on(new KioskEvent.Answered(lastSend().request(), response));
    }

    List<Effect> noAnswer(boolean neverSent) {
        return on(new KioskEvent.Unanswered(lastSend().request(), neverSent));
    }

    /** The last question to the catalogue. */
    CatalogueTask lastAsked() {
        return all(Effect.Catalogue.class).getLast().task();
    }

    List<Effect> catalogue(CatalogueNews news) {
        return on(new KioskEvent.Catalogue(news));
    }

    List<Effect> look(SearchAct act) {
        return touch(new Choice.InSearch(act));
    }

    List<Effect> line(Surroundings.Line line) {
        return on(new KioskEvent.LineChanged(line));
    }

    List<Effect> absent(DeviceKind kind) {
        return on(new KioskEvent.DeviceChanged(kind, new DeviceStatus.Absent(StatusReason.UNPLUGGED, now)));
    }

    List<Effect> ready(DeviceKind kind) {
        return on(new KioskEvent.DeviceChanged(kind, new DeviceStatus.Ready(now)));
    }

    /** Ends the last security write. */
    List<Effect> write(SecurityWrite outcome) {
        Effect.SetSecurity last = writes().getLast();
        return on(new KioskEvent.SecurityWritten(last.row(), last.uid(), Optional.of(outcome)));
    }

    List<Effect> verified() {
        return write(new SecurityWrite.Verified(true));
    }

    // ---- what came of it ---------------------------------------------------------------------------------

    Effect.Send lastSend() {
        return sends().getLast();
    }

    List<Effect.Send> sends() {
        return all(Effect.Send.class);
    }

    <T extends Request> List<T> sent(Class<T> type) {
        return sends().stream()
                .map(Effect.Send::message)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<Effect.SetSecurity> writes() {
        return all(Effect.SetSecurity.class);
    }

    List<Incident.Kind> incidents() {
        return all(Effect.Report.class).stream()
                .map(effect -> effect.incident().kind())
                .toList();
    }

    <T extends Effect> List<T> all(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    KioskState.Borrowing borrowing() {
        return (KioskState.Borrowing) state;
    }

    KioskState.Returning returning() {
        return (KioskState.Returning) state;
    }

    KioskState.Searching searching() {
        return (KioskState.Searching) state;
    }

    KioskState.Account account() {
        return (KioskState.Account) state;
    }

    LoanState loan(int index) {
        return borrowing().rows().get(index).state();
    }

    ReturnState back(int index) {
        return returning().rows().get(index).state();
    }

    // ---- things ------------------------------------------------------------------------------------------

    static PadTag tag(long uid, String identifier) {
        return part(uid, identifier, 1, 1);
    }

    static PadTag part(long uid, String identifier, int ordinal, int total) {
        ItemTag item =
                ItemTag.single(identifier, "FI-Turku", TagModel.ISO_28560_2).part(ordinal, total);
        return new PadTag(new Uid(uid), 6, new TagContent.Decoded(item, false), Optional.of(TagSecurity.SECURED));
    }

    static PadTag foreign(long uid, String identifier) {
        ItemTag item = ItemTag.single(identifier, "SE-Umea", TagModel.ISO_28560_2);
        return new PadTag(new Uid(uid), 6, new TagContent.Decoded(item, false), Optional.of(TagSecurity.SECURED));
    }

    static PadTag unreadable(long uid) {
        return new PadTag(
                new Uid(uid), 0, new TagContent.Unreadable(TagContent.Reason.UNKNOWN_MODEL), Optional.empty());
    }

    static PadTag unsecured(PadTag tag) {
        return new PadTag(tag.uid(), tag.dsfid(), tag.content(), Optional.of(TagSecurity.UNSECURED));
    }

    // ---- answers -----------------------------------------------------------------------------------------

    static PatronInformationResponse patron(List<String> loans, PatronStatus.Flag... flags) {
        return patron(loans, true, true, List.of(), flags);
    }

    static PatronInformationResponse patron(
            List<String> loans, boolean valid, boolean pin, List<CodedField> extras, PatronStatus.Flag... flags) {
        return patron(loans, Optional.of(valid), Optional.of(pin), extras, flags);
    }

    /** Neither BL nor CQ: the gateway answers, the library behind it does not. */
    static PatronInformationResponse silentPatron() {
        return patron(List.of(), Optional.empty(), Optional.empty(), List.of(), PatronStatus.Flag.values());
    }

    /** A patron of this name. */
    static PatronInformationResponse named(String name) {
        return like(patron(List.of()), "007", name);
    }

    /** The same of a patron who has this language at the library. */
    static PatronInformationResponse speaking(String sip2, PatronStatus.Flag... flags) {
        return like(patron(List.of(), flags), sip2, "");
    }

    private static PatronInformationResponse like(PatronInformationResponse form, String sip2, String name) {
        return new PatronInformationResponse(
                form.patronStatus(),
                sip2,
                form.transactionDate(),
                form.counts(),
                form.institutionId(),
                form.patronIdentifier(),
                name,
                form.holdItemsLimit(),
                form.overdueItemsLimit(),
                form.chargedItemsLimit(),
                form.validPatron(),
                form.validPatronPassword(),
                form.currencyType(),
                form.feeAmount(),
                form.feeLimit(),
                form.items(),
                form.homeAddress(),
                form.emailAddress(),
                form.homePhoneNumber(),
                form.screenMessages(),
                form.printLines(),
                form.extras());
    }

    private static PatronInformationResponse patron(
            List<String> loans,
            Optional<Boolean> valid,
            Optional<Boolean> pin,
            List<CodedField> extras,
            PatronStatus.Flag... flags) {
        return new PatronInformationResponse(
                new PatronStatus(java.util.Set.copyOf(List.of(flags))),
                "007",
                STAMP,
                Map.of(ItemList.CHARGED, loans.size()),
                "TURKU",
                CARD,
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                valid,
                pin,
                Optional.of("EUR"),
                Optional.of(new BigDecimal("45.00")),
                Optional.of(new BigDecimal("30.00")),
                Map.of(ItemList.CHARGED, loans),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("Kirjaston rivi"),
                List.of(),
                extras);
    }

    /** A 64 with these counts and lists, and nothing to pay. */
    static PatronInformationResponse listed(
            Map<ItemList, Integer> counts,
            Map<ItemList, List<String>> items,
            List<CodedField> extras,
            PatronStatus.Flag... flags) {
        PatronInformationResponse form = patron(List.of(), true, true, extras, flags);
        return new PatronInformationResponse(
                form.patronStatus(),
                form.language(),
                form.transactionDate(),
                counts,
                form.institutionId(),
                form.patronIdentifier(),
                form.personalName(),
                form.holdItemsLimit(),
                form.overdueItemsLimit(),
                form.chargedItemsLimit(),
                form.validPatron(),
                form.validPatronPassword(),
                form.currencyType(),
                Optional.empty(),
                Optional.empty(),
                items,
                form.homeAddress(),
                form.emailAddress(),
                form.homePhoneNumber(),
                List.of(),
                List.of(),
                extras);
    }

    static PatronInformationResponse loans(String... items) {
        return listed(Map.of(ItemList.CHARGED, items.length), Map.of(ItemList.CHARGED, List.of(items)), List.of());
    }

    /** An 18 about the thing that was asked for. */
    ItemInformationResponse item(
            CirculationStatus status, String due, String queue, String properties, Optional<Timestamp> lastDay) {
        ItemInformation asked = (ItemInformation) lastSend().message();
        return new ItemInformationResponse(
                status,
                "00",
                "01",
                STAMP,
                Optional.of(queue),
                Optional.of(due).filter(text -> !text.isEmpty()),
                Optional.empty(),
                lastDay,
                asked.itemIdentifier(),
                "Nimeke " + asked.itemIdentifier(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("NAANTALI"),
                Optional.of(properties).filter(text -> !text.isEmpty()),
                List.of(),
                List.of(),
                List.of());
    }

    ItemInformationResponse onLoan(String due) {
        return item(CirculationStatus.CHARGED, due, "0", "", Optional.empty());
    }

    CheckoutResponse lent() {
        return lent("20261222    235900");
    }

    CheckoutResponse lent(String due) {
        return checkout(true, due);
    }

    CheckoutResponse refused() {
        return checkout(false, "");
    }

    /** A 12 to a loan that stands for a fee only. */
    CheckoutResponse loanCosts(String amount) {
        return refused().costing("06", "EUR", new BigDecimal(amount));
    }

    /** What our gateway answers when the library behind it did not answer in time. */
    CheckoutResponse outcomeUnknown() {
        return outcomeUnknown((Checkout) lastSend().message());
    }

    static CheckoutResponse outcomeUnknown(Checkout asked) {
        return checkout(asked, false, "", Optional.of("outcome=unknown"));
    }

    private CheckoutResponse checkout(boolean ok, String due) {
        return checkout((Checkout) lastSend().message(), ok, due, Optional.empty());
    }

    private static CheckoutResponse checkout(Checkout asked, boolean ok, String due, Optional<String> properties) {
        return new CheckoutResponse(
                ok,
                false,
                MagneticMedia.N,
                ok,
                STAMP,
                "TURKU",
                asked.patronIdentifier(),
                asked.itemIdentifier(),
                "Nimeke " + asked.itemIdentifier(),
                due,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                properties,
                Optional.empty(),
                ok ? List.of() : List.of("Ei lainata"),
                List.of(),
                List.of());
    }

    ItemInformationResponse item(CirculationStatus status) {
        return item(status, "0", "");
    }

    ItemInformationResponse item(CirculationStatus status, String queue, String properties) {
        ItemInformation asked = (ItemInformation) lastSend().message();
        return item(status, queue, properties, "Nimeke " + asked.itemIdentifier());
    }

    ItemInformationResponse item(CirculationStatus status, String queue, String properties, String title) {
        ItemInformation asked = (ItemInformation) lastSend().message();
        return new ItemInformationResponse(
                status,
                "00",
                "01",
                STAMP,
                Optional.of(queue),
                status == CirculationStatus.CHARGED ? Optional.of("20261210    235900") : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                asked.itemIdentifier(),
                title,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                properties.isEmpty() ? Optional.empty() : Optional.of(properties),
                List.of(),
                List.of(),
                List.of());
    }

    RenewResponse renewed(boolean ok) {
        return renewed((Renew) lastSend().message(), ok, Optional.empty());
    }

    /** A 30 to a renewal that is made for a fee only. */
    RenewResponse renewalCosts(String amount) {
        Renew asked = (Renew) lastSend().message();
        String item = asked.itemIdentifier().orElseThrow();
        return RenewResponse.of(CheckoutResponse.refused(
                        STAMP,
                        "TURKU",
                        asked.patronIdentifier(),
                        item,
                        "Nimeke " + item,
                        Optional.empty(),
                        List.of("Maksullinen uusinta"))
                .costing("06", "EUR", new BigDecimal(amount)));
    }

    RenewResponse renewedWithoutADate() {
        Renew asked = (Renew) lastSend().message();
        return RenewResponse.renewed(
                MagneticMedia.N,
                STAMP,
                "TURKU",
                asked.patronIdentifier(),
                asked.itemIdentifier().orElseThrow(),
                "Nimeke",
                "",
                Optional.empty());
    }

    static RenewAllResponse renewedAll(boolean ok, List<String> renewed, List<String> not, String... lines) {
        return RenewAllResponse.of(ok, STAMP, "TURKU", renewed, not, List.of(lines));
    }

    /** A 16 to a hold that was placed, or not. */
    static HoldResponse held(boolean ok, String position) {
        HoldResponse form = cancelled(ok);
        return new HoldResponse(
                ok,
                false,
                form.transactionDate(),
                Optional.empty(),
                Optional.of(position),
                Optional.of("TURKU"),
                form.institutionId(),
                form.patronIdentifier(),
                Optional.empty(),
                Optional.empty(),
                form.screenMessages(),
                List.of(),
                List.of());
    }

    /** A 16 to a hold that is placed for a fee only, or to one that has another reason too. */
    static HoldResponse holdCosts(CodedField... fields) {
        HoldResponse form = cancelled(false);
        return new HoldResponse(
                false,
                false,
                form.transactionDate(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                form.institutionId(),
                form.patronIdentifier(),
                Optional.empty(),
                Optional.empty(),
                form.screenMessages(),
                List.of(),
                List.of(fields));
    }

    /** A 16 of our gateway when the library behind it did not answer in time. */
    static HoldResponse holdUnknown() {
        HoldResponse form = cancelled(false);
        return new HoldResponse(
                false,
                false,
                form.transactionDate(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                form.institutionId(),
                form.patronIdentifier(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(CodedField.of(Field.CH, "outcome=unknown")));
    }

    static HoldResponse cancelled(boolean ok) {
        return new HoldResponse(
                ok,
                false,
                STAMP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "TURKU",
                CARD,
                Optional.empty(),
                Optional.empty(),
                ok ? List.of() : List.of("Kirjaston rivi"),
                List.of(),
                List.of());
    }

    RenewResponse renewalUnknown() {
        return renewalUnknown((Renew) lastSend().message());
    }

    static RenewResponse renewalUnknown(Renew asked) {
        return renewed(asked, false, Optional.of("outcome=unknown"));
    }

    private static RenewResponse renewed(Renew asked, boolean ok, Optional<String> properties) {
        return new RenewResponse(
                ok,
                ok,
                MagneticMedia.N,
                false,
                STAMP,
                "TURKU",
                asked.patronIdentifier(),
                asked.itemIdentifier().orElseThrow(),
                "Nimeke " + asked.itemIdentifier().orElseThrow(),
                ok ? "20270105    235900" : "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                properties,
                Optional.empty(),
                ok ? List.of() : List.of("Varattu"),
                List.of(),
                List.of());
    }

    CheckinResponse returned(String bin, String destination, Optional<AlertType> alert) {
        return checkin(true, bin, destination, alert);
    }

    /** Nobody had it, says our gateway in a word or Koha in a sentence. */
    CheckinResponse notOnLoan(boolean ok, String word, String sentence) {
        CheckinResponse plain = checkin(ok, "1", "", Optional.empty());
        return new CheckinResponse(
                ok,
                ok,
                plain.magneticMedia(),
                !ok,
                plain.transactionDate(),
                plain.institutionId(),
                plain.itemIdentifier(),
                plain.permanentLocation(),
                plain.titleIdentifier(),
                plain.sortBin(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(word).filter(said -> !said.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sentence.isEmpty() ? List.of() : List.of(sentence),
                List.of(),
                List.of());
    }

    CheckinResponse notReturned() {
        return checkin(false, "", "", Optional.of(AlertType.OTHER));
    }

    private CheckinResponse checkin(boolean ok, String bin, String destination, Optional<AlertType> alert) {
        Checkin asked = (Checkin) lastSend().message();
        return new CheckinResponse(
                ok,
                ok,
                MagneticMedia.N,
                alert.isPresent(),
                STAMP,
                "TURKU",
                asked.itemIdentifier(),
                "TURKU",
                Optional.of("Nimeke " + asked.itemIdentifier()),
                Optional.of(bin),
                Optional.of("2000099999"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(destination),
                alert,
                Optional.of("2000012395"),
                Optional.of("KOIVU 4711"),
                List.of("Rivi"),
                List.of(),
                List.of());
    }

    static boolean asksPatron(Effect.Send send) {
        return send.message() instanceof PatronInformation;
    }
}
