package fi.kimppa.kiosk;

import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldMode;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Login;
import fi.kimppa.sip2.message.LoginResponse;
import fi.kimppa.sip2.message.MagneticMedia;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatus;
import fi.kimppa.sip2.message.Refusal;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewAllResponse.Price;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A library small enough to be believed: titles, loans, PINs, and a list of everything that changed anything. It recognises a
 * return that is told again by item and time, as our gateway does. Threads: any.
 */
public final class ModelLibrary {
    private static final LocalDate DUE = LocalDate.of(2026, 12, 22);
    private static final int RENEWAL_DAYS = 14;
    private static final int MOST_RENEWALS = 3;
    private static final Timestamp NOW = Timestamp.of(LocalDateTime.of(2026, 11, 24, 19, 30));

    private final Map<String, String> pins = new LinkedHashMap<>();
    private final Map<String, String> mailboxes = new LinkedHashMap<>();
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, String> loans = new LinkedHashMap<>();
    private final Map<String, LocalDate> due = new LinkedHashMap<>();
    private final Map<String, String> ready = new LinkedHashMap<>();
    /** Cards that wait for a copy of an item's title, by its number. */
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();

    private final Set<String> refused = new LinkedHashSet<>();
    private final List<String> renewals = new ArrayList<>();
    private final List<Checkout> checkouts = new ArrayList<>();
    private final List<Checkin> checkins = new ArrayList<>();
    private final Map<String, CheckinResponse> told = new LinkedHashMap<>();
    /** What a hold on an item's title costs, by its number. */
    private final Map<String, String> dear = new LinkedHashMap<>();

    /** What a loan of an item costs, by its number. */
    private final Map<String, String> dearLoans = new LinkedHashMap<>();

    private final Map<String, String> dearRenewals = new LinkedHashMap<>();

    /** Fees for holds: card and item. */
    private final List<String> charged = new ArrayList<>();

    private int repeated;
    private int holdsAsked;

    public synchronized ModelLibrary patron(String card, String pin) {
        pins.put(card, pin);
        return this;
    }

    /** Where this card's holder gets mail. Whoever asks is told more than our gateway tells: the address too. */
    public synchronized ModelLibrary mailbox(String card, String address) {
        mailboxes.put(card, address);
        return this;
    }

    public synchronized ModelLibrary item(String number) {
        return item(number, "Nimeke " + number);
    }

    public synchronized ModelLibrary item(String number, String title) {
        titles.put(number, title);
        return this;
    }

    public synchronized ModelLibrary lend(String number, String card) {
        loans.put(number, card);
        return this;
    }

    /** This item waits on the hold shelf for this card. */
    public synchronized ModelLibrary hold(String number, String card) {
        ready.put(number, card);
        return this;
    }

    /** Somebody waits for this item, which is not here yet. */
    public synchronized ModelLibrary reserve(String number, String card) {
        waiting.computeIfAbsent(number, _ -> new LinkedHashSet<>()).add(card);
        return this;
    }

    /** A hold on this item costs so much. */
    public synchronized ModelLibrary dear(String number, String amount) {
        dear.put(number, amount);
        return this;
    }

    /** A loan of this item costs so much. */
    public synchronized ModelLibrary dearLoan(String number, String amount) {
        dearLoans.put(number, amount);
        return this;
    }

    /** Renewing a loan of this item costs so much. */
    public synchronized ModelLibrary dearRenewal(String number, String amount) {
        dearRenewals.put(number, amount);
        return this;
    }

    /** How often this card was charged for a hold on this item. */
    public synchronized long charged(String number, String card) {
        return charged.stream().filter((card + " " + number)::equals).count();
    }

    /** Whether this card has a hold on this item, ready or not. */
    public synchronized boolean waits(String number, String card) {
        return waiting.getOrDefault(number, Set.of()).contains(card) || card.equals(ready.get(number));
    }

    private List<String> waitingFor(String card) {
        return waiting.entrySet().stream()
                .filter(entry -> entry.getValue().contains(card))
                .map(entry -> titles.getOrDefault(entry.getKey(), entry.getKey()))
                .toList();
    }

    /** How many 15 came that place a hold. */
    public synchronized int holdsAsked() {
        return holdsAsked;
    }

    /** When this item is due. */
    public synchronized LocalDate due(String number) {
        return due.getOrDefault(number, DUE);
    }

    /** The item of every renewal that was made, in their order. */
    public synchronized List<String> renewals() {
        return List.copyOf(renewals);
    }

    /** What this card has on loan. */
    public synchronized List<String> loansOf(String card) {
        return keys(loans, card);
    }

    private static List<String> keys(Map<String, String> things, String card) {
        return things.entrySet().stream()
                .filter(entry -> entry.getValue().equals(card))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Never lends this item and never takes it back. */
    public synchronized ModelLibrary refuse(String number) {
        refused.add(number);
        return this;
    }

    public synchronized Optional<String> holder(String number) {
        return Optional.ofNullable(loans.get(number));
    }

    /** Every 11 that was carried out or refused. */
    public synchronized List<Checkout> checkouts() {
        return List.copyOf(checkouts);
    }

    /** How many 11 came for an item that was on loan to the same card already; an ILS may take those for renewals. */
    public synchronized int repeatedCheckouts() {
        return repeated;
    }

    /** Every return that counts, told again or not. */
    public synchronized List<Checkin> checkins() {
        return List.copyOf(checkins);
    }

    public synchronized Response answer(Request request) {
        return switch (request) {
            case Login _ -> new LoginResponse(true, List.of());
            case ScStatus _ -> status();
            case PatronInformation asked -> patron(asked);
            case Checkout asked -> checkout(asked);
            case ItemInformation asked -> item(asked);
            case Checkin asked ->
                told.computeIfAbsent(asked.itemIdentifier() + asked.transactionDate(), _ -> checkin(asked));
            case Renew asked -> renew(asked);
            case RenewAll asked -> renewAll(asked);
            case Hold asked -> hold(asked);
            case EndPatronSession asked -> EndSessionResponse.ended(NOW, "TURKU", asked.patronIdentifier());
            default -> Refusal.of(request, "TURKU", NOW, Optional.empty());
        };
    }

    private static AcsStatus status() {
        return new AcsStatus(
                true,
                true,
                true,
                true,
                false,
                true,
                "020",
                "003",
                NOW,
                "2.00",
                "TURKU",
                Optional.empty(),
                "YYYYYYYYYYYYYYYY",
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private PatronInformationResponse patron(PatronInformation asked) {
        String card = asked.patronIdentifier();
        boolean right = asked.patronPassword()
                .map(Secret::reveal)
                .map(String::valueOf)
                .equals(Optional.ofNullable(pins.get(card)));
        List<String> mine = right ? keys(loans, card) : List.of();
        Optional<String> address = Optional.ofNullable(mailboxes.get(card)).filter(_ -> right && asksForMail(asked));
        List<String> fetched = right ? keys(ready, card) : List.of();
        List<String> queued = right ? waitingFor(card) : List.of();
        return new PatronInformationResponse(
                PatronStatus.CLEAR,
                asked.language(),
                NOW,
                Map.of(
                        ItemList.CHARGED,
                        mine.size(),
                        ItemList.HOLD,
                        fetched.size(),
                        ItemList.UNAVAILABLE_HOLDS,
                        queued.size()),
                "TURKU",
                card,
                "",
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(pins.containsKey(card)),
                Optional.of(right),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(ItemList.CHARGED, mine, ItemList.HOLD, fetched, ItemList.UNAVAILABLE_HOLDS, queued),
                Optional.empty(),
                address,
                Optional.empty(),
                List.of(),
                List.of(),
                address.map(ModelLibrary::covered).stream().toList());
    }

    private static boolean asksForMail(PatronInformation asked) {
        return asked.extras().stream()
                .anyMatch(field -> field instanceof CodedField.Text(String code, String words)
                        && code.equals("CH")
                        && words.contains("tell=mail"));
    }

    private static CodedField covered(String address) {
        return new CodedField.Text(
                "PE", address.charAt(0) + "***@" + address.charAt(address.indexOf('@') + 1) + "***.fi");
    }

    private Response checkout(Checkout asked) {
        checkouts.add(asked);
        String number = asked.itemIdentifier();
        if (asked.noBlock()) {
            return recorded(asked);
        }
        if (asked.patronIdentifier().equals(loans.get(number))) {
            repeated++;
        }
        boolean another = !asked.patronIdentifier().equals(ready.getOrDefault(number, asked.patronIdentifier()));
        if (!titles.containsKey(number) || loans.containsKey(number) || refused.contains(number) || another) {
            return Refusal.of(asked, "TURKU", NOW, Optional.of("Ei lainata"));
        }
        if (dearLoans.containsKey(number) && !asked.feeAcknowledged().orElse(false)) {
            return wanted(asked, dearLoans.get(number));
        }
        loans.put(number, asked.patronIdentifier());
        ready.remove(number);
        due.remove(number);
        return lent(asked, "20261222    235900");
    }

    /** A loan that stands once its fee is agreed to. */
    private CheckoutResponse wanted(Checkout asked, String fee) {
        return costing(asked.patronIdentifier(), asked.itemIdentifier(), fee);
    }

    private CheckoutResponse costing(String card, String number, String fee) {
        return CheckoutResponse.refused(
                        NOW,
                        "TURKU",
                        card,
                        number,
                        titles.getOrDefault(number, ""),
                        Optional.empty(),
                        List.of("Maksullinen"))
                .costing("06", "EUR", new BigDecimal(fee));
    }

    private CheckoutResponse lent(Checkout asked, String dueDate) {
        String number = asked.itemIdentifier();
        return new CheckoutResponse(
                true,
                false,
                MagneticMedia.N,
                true,
                NOW,
                "TURKU",
                asked.patronIdentifier(),
                number,
                titles.getOrDefault(number, ""),
                dueDate,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    /** It has happened: nothing but an unknown thing stands against it. */
    private Response recorded(Checkout asked) {
        String number = asked.itemIdentifier();
        if (!titles.containsKey(number) || refused.contains(number) || !pins.containsKey(asked.patronIdentifier())) {
            return Refusal.of(asked, "TURKU", NOW, Optional.of("Ei voi kirjata"));
        }
        loans.put(number, asked.patronIdentifier());
        ready.remove(number);
        asked.nbDueDate()
                .instant(ZoneId.of("Europe/Helsinki"))
                .ifPresentOrElse(
                        end -> due.put(number, LocalDate.ofInstant(end, ZoneId.of("Europe/Helsinki"))),
                        () -> due.remove(number));
        return lent(asked, sip(due(number)));
    }

    private boolean mayRenew(String number, String card) {
        return card.equals(loans.get(number))
                && due(number).isBefore(DUE.plusDays((long) RENEWAL_DAYS * MOST_RENEWALS));
    }

    /** What a renewal that could be made would cost to which nobody has agreed yet. */
    private Optional<String> renewalFee(String number, String card, boolean agreed) {
        return Optional.ofNullable(dearRenewals.get(number)).filter(_ -> !agreed && mayRenew(number, card));
    }

    private boolean renew(String number, String card, boolean agreed) {
        boolean renewed =
                mayRenew(number, card) && renewalFee(number, card, agreed).isEmpty();
        if (renewed) {
            due.put(number, due(number).plusDays(RENEWAL_DAYS));
            renewals.add(number);
        }
        return renewed;
    }

    private RenewAllResponse renewAll(RenewAll asked) {
        String card = asked.patronIdentifier();
        boolean agreed = asked.feeAcknowledged().orElse(false);
        List<Price> prices = keys(loans, card).stream()
                .flatMap(number ->
                        renewalFee(number, card, agreed)
                                .map(fee -> new Price(number, "06", "EUR", new BigDecimal(fee)))
                                .stream())
                .toList();
        Map<Boolean, List<String>> tried =
                keys(loans, card).stream().collect(Collectors.partitioningBy(number -> renew(number, card, agreed)));
        return RenewAllResponse.of(
                        true,
                        NOW,
                        "TURKU",
                        tried.getOrDefault(true, List.of()),
                        tried.getOrDefault(false, List.of()),
                        List.of())
                .pricing(prices);
    }

    private HoldResponse hold(Hold asked) {
        Optional<String> fee = fee(asked);
        boolean done = asked.holdMode() == HoldMode.ADD ? place(asked) : cancel(asked);
        return new HoldResponse(
                done,
                false,
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "TURKU",
                asked.patronIdentifier(),
                asked.itemIdentifier(),
                Optional.empty(),
                List.of(),
                List.of(),
                fee.map(amount -> List.of(
                                CodedField.of(Field.BT, "09"),
                                CodedField.of(Field.BH, "EUR"),
                                CodedField.of(Field.BV, amount)))
                        .orElse(List.of()));
    }

    /** What a hold would cost to which nobody has agreed yet. */
    private Optional<String> fee(Hold asked) {
        return asked.holdMode() == HoldMode.ADD && !asked.feeAcknowledged().orElse(false)
                ? asked.itemIdentifier().map(dear::get)
                : Optional.empty();
    }

    private boolean place(Hold asked) {
        holdsAsked++;
        String number = asked.itemIdentifier().orElse("");
        boolean placed = fee(asked).isEmpty() && waits(asked, number);
        if (placed && dear.containsKey(number)) {
            charged.add(asked.patronIdentifier() + " " + number);
        }
        return placed;
    }

    private boolean waits(Hold asked, String number) {
        return titles.containsKey(number)
                && !refused.contains(number)
                && !asked.patronIdentifier().equals(ready.get(number))
                && waiting.computeIfAbsent(number, _ -> new LinkedHashSet<>()).add(asked.patronIdentifier());
    }

    private boolean cancel(Hold asked) {
        String card = asked.patronIdentifier();
        if (asked.titleIdentifier().isPresent()) {
            return waiting.entrySet().stream()
                    .filter(entry -> asked.titleIdentifier().equals(Optional.ofNullable(titles.get(entry.getKey()))))
                    .anyMatch(entry -> entry.getValue().remove(card));
        }
        return ready.remove(asked.itemIdentifier().orElse(""), card);
    }

    private static String sip(LocalDate day) {
        return Timestamp.of(day.atTime(23, 59)).text();
    }

    private RenewResponse renew(Renew asked) {
        String item = asked.itemIdentifier().orElse("");
        boolean agreed = asked.feeAcknowledged().orElse(false);
        Optional<String> fee = renewalFee(item, asked.patronIdentifier(), agreed);
        if (fee.isPresent()) {
            return RenewResponse.of(costing(asked.patronIdentifier(), item, fee.get()));
        }
        boolean mine = renew(item, asked.patronIdentifier(), agreed);
        return new RenewResponse(
                mine,
                mine,
                MagneticMedia.N,
                false,
                NOW,
                "TURKU",
                asked.patronIdentifier(),
                asked.itemIdentifier().orElse(""),
                titles.getOrDefault(asked.itemIdentifier().orElse(""), ""),
                mine ? sip(due(item)) : "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private ItemInformationResponse item(ItemInformation asked) {
        String number = asked.itemIdentifier();
        boolean lent = loans.containsKey(number);
        CirculationStatus here =
                ready.containsKey(number) ? CirculationStatus.WAITING_ON_HOLD_SHELF : CirculationStatus.AVAILABLE;
        return new ItemInformationResponse(
                lent ? CirculationStatus.CHARGED : here,
                "00",
                "01",
                NOW,
                Optional.empty(),
                lent ? Optional.of(sip(due(number))) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                number,
                titles.getOrDefault(number, ""),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }

    private CheckinResponse checkin(Checkin asked) {
        String number = asked.itemIdentifier();
        if (!titles.containsKey(number) || refused.contains(number)) {
            return (CheckinResponse) Refusal.of(asked, "TURKU", NOW, Optional.of("Ei palauteta"));
        }
        checkins.add(asked);
        boolean lent = loans.remove(number) != null;
        boolean hold = !waiting.getOrDefault(number, Set.of()).isEmpty();
        return new CheckinResponse(
                true,
                true,
                MagneticMedia.N,
                hold,
                NOW,
                "TURKU",
                number,
                "TURKU",
                Optional.of(titles.get(number)),
                Optional.of(hold ? "5" : "1"),
                Optional.empty(),
                Optional.empty(),
                lent ? Optional.empty() : Optional.of("loan=none"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                hold ? Optional.of(AlertType.HOLD_HERE) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
    }
}
