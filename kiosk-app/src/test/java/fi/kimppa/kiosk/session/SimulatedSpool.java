package fi.kimppa.kiosk.session;

import fi.kimppa.kiosk.ModelLibrary;
import fi.kimppa.kiosk.session.SimulatedEvening.Seen;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a simulated kiosk has on disk, and how the library hears of it. As the runtime does: oldest first, with "no block" and its own
 * times; a return again until there is an answer, a loan once, asked about before and after a lost answer.
 */
final class SimulatedSpool {
    private final ModelLibrary library;
    private final Random random;
    private final Consumer<Seen> saw;
    private final Consumer<String> report;
    private final List<Request> waiting = new ArrayList<>();
    private final List<Checkout> noted = new ArrayList<>();
    private final Set<Checkout> withStaff = new HashSet<>();
    private boolean doubt;
    /** Whether the first was sent while another loan of the thing stood with its due date. */
    private boolean besideAnother;

    SimulatedSpool(ModelLibrary library, Random random, Consumer<Seen> saw, Consumer<String> report) {
        this.library = library;
        this.random = random;
        this.saw = saw;
        this.report = report;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    void add(Checkin checkin) {
        waiting.add(checkin);
    }

    void add(Checkout loan) {
        boolean there = last(loan.itemIdentifier())
                .filter(Checkout.class::isInstance)
                .map(Checkout.class::cast)
                .map(Checkout::patronIdentifier)
                .equals(Optional.of(loan.patronIdentifier()));
        if (!there) {
            waiting.add(loan);
            noted.add(loan);
        }
    }

    int loansOf(String card) {
        return Math.toIntExact(waiting.stream()
                .filter(one ->
                        one instanceof Checkout loan && loan.patronIdentifier().equals(card))
                .count());
    }

    private Optional<Request> last(String item) {
        return waiting.reversed().stream()
                .filter(one -> DiskOrder.thing(one).equals(Optional.of(item)))
                .findFirst();
    }

    /** Whether something that waits comes before this. */
    boolean holdsBack(Request request) {
        return DiskOrder.thing(request).flatMap(this::last).isPresent();
    }

    /** The answer to a loan that stands on disk already. */
    Optional<CheckoutResponse> standing(Request request) {
        return DiskOrder.standing(request, DiskOrder.thing(request).flatMap(this::last));
    }

    /** Whether somebody has an item by a loan that the library has not heard of, or has refused to staff. */
    boolean lent(String item) {
        return last(item).filter(Checkout.class::isInstance).isPresent()
                || withStaff.stream().anyMatch(loan -> loan.itemIdentifier().equals(item));
    }

    /** Whether it came back last, and the library has not heard of that. */
    boolean returned(String item) {
        return last(item).filter(Checkin.class::isInstance).isPresent();
    }

    /** Whether it is this card's loan on disk. */
    boolean waits(String item, String card) {
        return last(item)
                .filter(one ->
                        one instanceof Checkout loan && loan.patronIdentifier().equals(card))
                .isPresent();
    }

    /** Whether it is this card's loan, on disk or with staff. */
    boolean stands(String item, String card) {
        return waits(item, card)
                || withStaff.stream()
                        .anyMatch(loan -> loan.itemIdentifier().equals(item)
                                && loan.patronIdentifier().equals(card));
    }

    /** The library hears of the oldest, or not. */
    void tellFirst() {
        switch (waiting.getFirst()) {
            case Checkin checkin -> {
                library.answer(checkin);
                if (random.nextInt(10) > 0) {
                    waiting.removeFirst();
                }
            }
            case Checkout loan when doubt -> ask(loan);
            case Checkout loan -> tell(loan);
            default -> throw new AssertionError("neither a return nor a loan waits: " + waiting.getFirst());
        }
    }

    private void tell(Checkout loan) {
        int fate = random.nextInt(10);
        besideAnother = charged(loan).equals(Optional.of(true));
        if (fate == 0) {
            doubt = true;
            return;
        }
        Response answer = library.answer(loan);
        if (fate == 1) {
            doubt = true;
            return;
        }
        waiting.removeFirst();
        if (answer instanceof CheckoutResponse said && said.ok()) {
            saw.accept(Seen.OFF_LINE_LOAN_TOLD);
        } else {
            toStaff(loan);
        }
    }

    private void ask(Checkout loan) {
        saw.accept(Seen.OFF_LINE_LOAN_ASKED_ABOUT);
        Optional<Boolean> ours = charged(loan);
        doubt = false;
        if (ours.isEmpty()) {
            return;
        }
        waiting.removeFirst();
        if (besideAnother || !ours.get()) {
            toStaff(loan);
        }
    }

    /** Whether what the library has lent is due when this loan is; empty when it has lent it to nobody. */
    private Optional<Boolean> charged(Checkout loan) {
        ItemInformationResponse said = (ItemInformationResponse) library.answer(new ItemInformation(
                loan.transactionDate(), loan.institutionId(), loan.itemIdentifier(), Optional.empty(), List.of()));
        if (said.circulationStatus() != CirculationStatus.CHARGED) {
            return Optional.empty();
        }
        Optional<LocalDate> promised = DueDate.of(loan.nbDueDate().text()).flatMap(DueDate::date);
        return Optional.of(promised.isPresent()
                && promised.equals(said.dueDate().flatMap(DueDate::of).flatMap(DueDate::date)));
    }

    private void toStaff(Checkout loan) {
        saw.accept(Seen.OFF_LINE_LOAN_TO_STAFF);
        withStaff.add(loan);
        report.accept(loan.itemIdentifier());
    }

    /** What is wrong, if a loan on disk was not told once. One that staff have may not have been heard, or refused twice. */
    Optional<String> everyLoanToldOnce() {
        return noted.stream()
                .flatMap(loan -> {
                    long told =
                            library.checkouts().stream().filter(loan::equals).count();
                    boolean right = told == 1 || withStaff.contains(loan);
                    return right
                            ? Optional.<String>empty().stream()
                            : Optional.of("a loan of " + loan.itemIdentifier() + " was told " + told + " times")
                                    .stream();
                })
                .findFirst();
    }
}
