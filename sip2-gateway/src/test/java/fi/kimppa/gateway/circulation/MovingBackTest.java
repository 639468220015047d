package fi.kimppa.gateway.circulation;

import static fi.kimppa.gateway.Eventually.await;
import static fi.kimppa.gateway.circulation.TwoSystems.SOTKAMO_CARD;
import static fi.kimppa.gateway.circulation.TwoSystems.SOTKAMO_CARD_NEW;
import static fi.kimppa.gateway.circulation.TwoSystems.theirs;
import static fi.kimppa.gateway.circulation.TwoSystems.theirsNew;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Scope;
import fi.kimppa.gateway.consortium.Settings;
import fi.kimppa.gateway.cutover.CutOver;
import fi.kimppa.gateway.cutover.CutOver.State;
import fi.kimppa.gateway.cutover.CutOvers;
import fi.kimppa.gateway.cutover.CutOvers.Problem;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.Language;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A municipality that goes back to its old library system, and what staff must then know. */
class MovingBackTest {
    private TwoSystems house;

    @BeforeEach
    void start() throws IOException {
        house = new TwoSystems();
    }

    @AfterEach
    void stop() throws IOException {
        house.close();
    }

    private CutOvers cutOvers() {
        return house.sotkamo.bean(CutOvers.class);
    }

    private void rollBack(CutOver cutOver) {
        assertThat(cutOvers().rollBack(cutOver.id(), "eeva")).isEmpty();
        await(() -> house.kajaani
                .bean(CutOvers.class)
                .find(cutOver.id())
                .flatMap(CutOver::ended)
                .isPresent());
    }

    @Test
    void aFreezeThatIsGivenUpLetsTheQueueGoToTheOldSystem() {
        house.old.lend(SOTKAMO_CARD, theirs(3));
        CutOver cutOver = house.plan();
        assertThat(cutOvers().finish(cutOver.id(), "eeva")).contains(Problem.STATE);
        house.pass(Duration.ofMinutes(31));
        Instant later = cutOver.movesAt().plus(Duration.ofHours(1));
        assertThat(cutOvers().postpone(cutOver.id(), cutOver.freezesAt().plusSeconds(60), later, "eeva"))
                .as("the freeze has begun")
                .contains(Problem.STATE);
        assertThat(cutOvers().postpone(cutOver.id(), cutOver.freezesAt(), later, "eeva"))
                .isEmpty();
        assertThat(house.atSotkamo.bringBack(theirs(3)).ok()).isTrue();
        assertThat(house.atSotkamo.lend(SOTKAMO_CARD, theirs(6)).screenMessages())
                .containsExactly("Kirjasto vaihtaa järjestelmää. Lainat taas klo 23.00.");

        rollBack(cutOver);
        await(() -> !house.waiting());
        assertThat(house.row(theirs(3))).isEqualTo("SETTLED vanha");
        assertThat(house.old.loans()).isEmpty();
        assertThat(house.atSotkamo.lend(SOTKAMO_CARD, theirs(6)).ok()).isTrue();
        assertThat(house.kajaani.bean(Settings.class).changes(Optional.of(Scope.municipality("SOTKAMO")), 10))
                .extracting(change -> change.who() + " " + change.after().orElse(""))
                .containsExactly(
                        "eeva vanha > embedded, 2026-11-24T20:00, 2026-11-24T23:00, ROLLED_BACK",
                        "eeva vanha > embedded, 2026-11-24T20:00, 2026-11-24T23:00",
                        "eeva vanha > embedded, 2026-11-24T20:00, 2026-11-24T22:00");
    }

    @Test
    void afterARollBackReturnsAreDoneAgainAndLoansListed() {
        house.old.lend(SOTKAMO_CARD, theirs(3));
        house.old.lend(SOTKAMO_CARD, theirs(5));
        CutOver cutOver = house.plan();
        house.pass(Duration.ofMinutes(31));
        assertThat(house.atSotkamo.bringBack(theirs(3)).ok()).isTrue();
        house.migrate(cutOver);
        house.pass(Duration.ofHours(2));
        await(() -> !house.waiting());
        assertThat(house.atKajaani.bringBack(theirs(5)).destinationLocation()).contains("SOTKAMO");
        assertThat(house.atSotkamo.lend(SOTKAMO_CARD, theirs(6)).ok()).isTrue();
        assertThat(charged()).as("what is on the tags").containsExactly(theirs(6));
        assertThat(house.old.told(Checkin.class, theirs(5))).isZero();

        rollBack(cutOver);
        CutOverBooks books = house.sotkamo.bean(CutOverBooks.class);
        assertThat(listed(books, cutOver))
                .containsExactly(
                        "09 " + theirs(3) + " OPEN",
                        "09 " + theirs(5) + " OPEN",
                        "11 " + theirs(6) + " " + SOTKAMO_CARD + " NOT_OFFERED");
        house.old.fallSilent();
        assertThat(books.replay(cutOver)).isEqualTo(2);
        house.old.takeBackAtTheDeskAndRefuseSecondReturns(theirs(3));
        house.old.speak();
        await(() -> books.replay(cutOver) == 0);
        assertThat(listed(books, cutOver))
                .as("Koha refuses the second copy of what is back already")
                .contains("09 " + theirs(3) + " ACCEPTED", "09 " + theirs(5) + " ACCEPTED");
        assertThat(house.old.loans()).isEmpty();
        assertThat(house.old.told(Checkout.class, theirs(6)))
                .as("a loan is never repeated")
                .isZero();

        CheckoutResponse lent = house.atSotkamo.lend(SOTKAMO_CARD_NEW, theirsNew(7));
        assertThat(lent.patronIdentifier()).isEqualTo(SOTKAMO_CARD_NEW);
        assertThat(house.old.loans()).as("new numbers work too").containsEntry(theirs(7), SOTKAMO_CARD);
    }

    /** What the new system lists; to machines lists go for a right PIN only. */
    private List<String> charged() {
        PatronInformation question = new PatronInformation(
                Language.FINNISH.code(),
                house.atSotkamo.tick(),
                ItemList.summary(Optional.of(ItemList.CHARGED)),
                "SOTKAMO",
                SOTKAMO_CARD,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        LibrarySystem embedded =
                house.sotkamo.bean(LibrarySystems.class).named("embedded").orElseThrow();
        return embedded.call(backend -> backend.patronInformation(question, TwoSystems.SOTKAMO))
                        instanceof Outcome.Answered(PatronInformationResponse patron)
                ? patron.items().getOrDefault(ItemList.CHARGED, List.of())
                : List.of();
    }

    private static List<String> listed(CutOverBooks books, CutOver cutOver) {
        return books.moved(cutOver).stream()
                .map(one -> one.command() + " " + one.item()
                        + one.card().map(card -> " " + card).orElse("") + " " + one.replay())
                .toList();
    }

    @Test
    void theNumbersOfAThingStayUntilNobodyCanGoBack() {
        CutOver cutOver = house.plan();
        house.pass(Duration.ofMinutes(31));
        house.migrate(cutOver);
        house.pass(Duration.ofHours(2));
        assertThat(house.atSotkamo.lend(SOTKAMO_CARD, theirs(6)).ok()).isTrue();
        house.pass(Duration.ofDays(20));
        Journal journal = house.sotkamo.bean(Journal.class);
        journal.forget();
        assertThat(house.value(String.class, "select card from journal")).isEqualTo(SOTKAMO_CARD);
        rollBack(cutOver);
        journal.forget();
        assertThat(house.value(Long.class, "select count(card) from journal")).isEqualTo(1);
        house.pass(Journal.AFTER_A_CUT_OVER.plusHours(1));
        journal.forget();
        assertThat(house.value(Long.class, "select count(*) from journal")).isZero();
    }

    @Test
    void anotherIsPlannedOnlyWhenTheFirstHasEnded() {
        CutOver cutOver = house.plan();
        Instant now = house.sotkamo.clock().instant();
        Instant freeze = now.plus(Duration.ofHours(3));
        Instant move = now.plus(Duration.ofHours(5));
        assertThat(cutOver.state(now)).isEqualTo(State.PLANNED);
        assertThat(cutOvers().plan("SOTKAMO", "vanha", "embedded", freeze, move, "eeva"))
                .contains(Problem.OPEN);
        assertThat(cutOvers().plan("KAJAANI", "vanha", "vanha", freeze, move, "eeva"))
                .contains(Problem.SYSTEM);
        assertThat(cutOvers().plan("KAJAANI", "embedded", "vanha", move, freeze, "eeva"))
                .contains(Problem.DATES);
        assertThat(cutOvers().plan("OULU", "embedded", "vanha", freeze, move, "eeva"))
                .contains(Problem.MUNICIPALITY);
        rollBack(cutOver);
        assertThat(cutOvers().plan("SOTKAMO", "vanha", "embedded", freeze, move, "eeva"))
                .isEmpty();
        assertThat(house.kajaani.bean(SystemDirectory.class).names()).contains("embedded", "vanha");
        assertThat(house.kajaani.bean(SystemDirectory.class).knows("vanha", Numbers.ITEM, theirs(1), "SOTKAMO"))
                .contains(true);
        assertThat(house.kajaani.bean(SystemDirectory.class).knows("vanha", Numbers.CARD, "4000000099", "SOTKAMO"))
                .contains(false);
    }
}
