package fi.kimppa.gateway.backend.koha;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.backend.http.HttpStub.Asked;
import fi.kimppa.gateway.backend.http.HttpStub.Reply;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 11, 29 and 65 over Koha's REST interface. */
class KohaLoanTest extends KohaCase {
    private static final String OUT = "11NN20261124    193000                  AOTURKU|AA2000012345|AB3000000011|AC|";

    KohaLoanTest() throws IOException {}

    private CheckoutResponse lend(String more) {
        return lend(more, BackHalf.TURKU);
    }

    private CheckoutResponse lend(String more, Terminal terminal) {
        return backend.checkout(ask(Checkout.class, OUT + more), terminal);
    }

    private RenewResponse renew(String item) {
        return backend.renew(
                ask(Renew.class, "29NN20261124    193000                  AOTURKU|AA2000012345|AD|AB" + item + "|"),
                BackHalf.TURKU);
    }

    private RenewAllResponse renewAll() {
        return backend.renewAll(
                ask(RenewAll.class, "6520261124    193000AOTURKU|AA2000012345|AD1234|"), BackHalf.TURKU);
    }

    private List<Asked> loansAskedFor() {
        return koha.http.heard("POST /api/v1/checkouts");
    }

    @Test
    void lendsAndTellsUntilWhen() {
        assertThat(lend("AD1234|"))
                .satisfies(lent -> assertThat(lent.ok()).isTrue())
                .satisfies(lent -> assertThat(lent.desensitize()).isTrue())
                .satisfies(lent -> assertThat(lent.titleIdentifier()).isEqualTo("Sinuhe / Waltari, Mika"))
                .satisfies(lent -> assertThat(lent.dueDate()).isEqualTo("20261222    235900"));
        assertThat(koha.all("checkouts")).hasSize(1);
    }

    @Test
    void booksEachLoanAtTheBranchOfTheUserOfItsTerminalsBranch() {
        lend("", BackHalf.TURKU);
        assertThat(koha.all("checkouts").getLast()).containsEntry("library_id", "TKU");
        koha.all("checkouts").clear();
        lend("", BackHalf.AURA);
        assertThat(koha.all("checkouts").getLast()).containsEntry("library_id", "ALL");
    }

    @Test
    void lendsNothingWhereCardOrPinOrItemIsWrong() {
        assertThat(lend("AD4321|").ok()).isFalse();
        koha.all("items").getFirst().put("external_id", "3000000029");
        assertThat(lend("AD1234|").ok()).isFalse();
        koha.all("patrons").getFirst().put("cardnumber", "2000012352");
        assertThat(lend("").ok()).isFalse();
        assertThat(loansAskedFor()).isEmpty();
    }

    @Test
    void undoesNothing() {
        assertThat(lend("BIY|").ok()).isFalse();
        assertThat(koha.http.heard).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CheckoutKey.class)
    void tellsEachReasonWhetherKohaBlocksOrAsks(CheckoutKey key) {
        koha.questions.put(7, List.of(key.name(), "issued_surname"));
        CheckoutResponse asked = lend("");
        koha.questions.clear();
        koha.blockers.put(7, List.of(key.name()));
        CheckoutResponse blocked = lend("");
        assertThat(asked.ok()).isFalse();
        assertThat(blocked.ok()).isFalse();
        assertThat(asked.screenMessages()).isEqualTo(blocked.screenMessages()).hasSize(1);
        assertThat(asked.screenMessages().getFirst()).doesNotContain(key.name(), "issued");
        assertThat(loansAskedFor()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CheckoutKey.class)
    void tellsEachReasonThatComesWithTheRefusalOfTheLoanItself(CheckoutKey key) {
        koha.http.next("GET /api/v1/checkouts/availability", said -> {
            koha.blockers.put(7, List.of("issued_surname", key.name()));
            return said;
        });
        CheckoutResponse refused = lend("");
        assertThat(refused.ok()).isFalse();
        assertThat(loansAskedFor()).hasSize(1);
        assertThat(refused.screenMessages()).isEqualTo(lend("").screenMessages());
    }

    @Test
    void sendsWhoeverMeetsAnUnknownReasonToTheStaff() {
        koha.blockers.put(7, List.of("SOMETHING_NEW"));
        assertThat(lend("").screenMessages()).containsExactly("Kysy henkilökunnalta.");
        koha.blockers.clear();
        koha.http.next("POST /api/v1/checkouts", _ -> KohaStub.forbidden());
        assertThat(lend("").screenMessages()).containsExactly("Kysy henkilökunnalta.");
    }

    @Test
    void lendsNothingThatIsLentToSomebodyElseOrHeldForSomebodyElse() {
        koha.loan(100, 15, 7, "2026-12-20T23:59:00+02:00");
        assertThat(lend("").ok()).isFalse();
        koha.all("checkouts").clear();
        koha.hold(200, 15, 70, 7, "W");
        assertThat(lend("").screenMessages()).containsExactly("Varattu toiselle asiakkaalle.");
        assertThat(loansAskedFor()).isEmpty();
    }

    @Test
    void confirmsWhatAMachineMayConfirm() {
        koha.questions.put(7, List.of("BIBLIO_ALREADY_ISSUED", "PREVISSUE"));
        assertThat(lend("").ok()).isTrue();
        assertThat(loansAskedFor().getFirst().query()).containsKey("confirmation");
    }

    @Test
    void confirmsAFeeOnlyForAPatronWhoHasAcceptedIt() {
        koha.questions.put(7, List.of("RENTALCHARGE"));
        assertThat(lend("")).satisfies(refused -> {
            assertThat(refused.ok()).isFalse();
            assertThat(refused.feeAmount()).contains(new BigDecimal("1.00"));
            assertThat(refused.feeType()).contains("06");
            assertThat(refused.currencyType()).contains("EUR");
        });
        assertThat(lend("BON|").ok()).isFalse();
        assertThat(lend("BOY|").ok()).isTrue();
    }

    @Test
    void looksOnceMoreWhereKohasQuestionsChangeBetweenTheCalls() {
        koha.http.next("GET /api/v1/checkouts/availability", said -> {
            koha.questions.put(7, List.of("PREVISSUE"));
            return said;
        });
        assertThat(lend("").ok()).isTrue();
        assertThat(loansAskedFor()).hasSize(2);
        assertThat(koha.all("checkouts")).hasSize(1);
    }

    @Test
    void refusesWhereTheChangedQuestionIsOneThatPatronsAreRefused() {
        koha.http.next("GET /api/v1/checkouts/availability", said -> {
            koha.questions.put(7, List.of("RESERVED"));
            return said;
        });
        assertThat(lend("").screenMessages()).containsExactly("Varattu toiselle asiakkaalle.");
        assertThat(loansAskedFor()).hasSize(1);
    }

    @Test
    void givesUpWhereKohasQuestionsKeepChanging() {
        for (List<String> next : List.of(List.of("PREVISSUE"), List.of("BIBLIO_ALREADY_ISSUED"))) {
            koha.http.next("GET /api/v1/checkouts/availability", said -> {
                koha.questions.put(7, next);
                return said;
            });
        }
        assertThat(lend("").ok()).isFalse();
        assertThat(loansAskedFor()).hasSize(2);
    }

    @Test
    void tellsALoanThatStandsOnThisCardAsTheLoanThatItIs() {
        koha.loan(100, 5, 7, "2026-12-20T23:59:00+02:00");
        assertThat(lend(""))
                .satisfies(lent -> assertThat(lent.ok()).isTrue())
                .satisfies(lent -> assertThat(lent.renewalOk()).isFalse())
                .satisfies(lent -> assertThat(lent.dueDate()).isEqualTo("20261220    235900"));
        koha.renewalErrors.put(100, "too_many");
        assertThat(lend("").ok()).isTrue();
        assertThat(loansAskedFor()).isEmpty();
    }

    @Test
    void tellsALoanThatWasMadeBetweenTheCallsAsTheLoanThatItIs() {
        koha.http.next("GET /api/v1/checkouts/availability", said -> {
            koha.loan(100, 5, 7, "2026-12-20T23:59:00+02:00");
            koha.renewalErrors.put(100, "too_soon");
            return said;
        });
        assertThat(lend("").dueDate()).isEqualTo("20261220    235900");
        assertThat(koha.all("checkouts")).hasSize(1);
    }

    @Test
    void doesNotKnowWhatBecameOfALoanWhoseAnswerIsLostAndAsksForItOnce() {
        List<UnaryOperator<Reply>> faults = List.of(
                _ -> new Reply.HangUp(),
                said -> new Reply.Half((Reply.Said) said),
                _ -> new Reply.Said(201, Map.of(), ""),
                _ -> Reply.json(201, "{}"),
                _ -> Reply.json(500, KohaStub.error("Unknown error during checkout")),
                _ -> Reply.json(503, KohaStub.error("System is under maintenance.")),
                _ -> new Reply.Said(200, Map.of("Content-Type", "text/html"), "<html>Koha</html>"));
        for (UnaryOperator<Reply> fault : faults) {
            koha.all("checkouts").clear();
            koha.http.heard.clear();
            koha.http.next("POST /api/v1/checkouts", fault);
            isSilent(false, () -> lend(""));
            assertThat(loansAskedFor()).hasSize(1);
            assertThat(koha.all("checkouts")).as("it was done").hasSize(1);
        }
    }

    @Test
    void waitsNoLongerForAllAnswersTogetherThanTheTerminalDoes() {
        KohaBackend impatient = backend(Duration.ofMillis(700));
        koha.http.next("POST /api/v1/checkouts", _ -> new Reply.Silence());
        isSilent(false, () -> impatient.checkout(ask(Checkout.class, OUT), BackHalf.TURKU));
        koha.http.next("GET /api/v1/items", _ -> new Reply.Drip(Reply.json(200, "[" + " ".repeat(4_000) + "]")));
        isSilent(true, () -> impatient.checkout(ask(Checkout.class, OUT), BackHalf.TURKU));
        impatient.destroy();
        assertThat(loansAskedFor()).hasSize(1);
    }

    @Test
    void knowsThatNothingWasLentWhereKohaGoesSilentBeforeItIsAskedTo() {
        for (String line : List.of("GET /api/v1/patrons", "GET /api/v1/items", "GET /api/v1/checkouts/availability")) {
            koha.http.next(line, _ -> Reply.json(503, ""));
            isSilent(true, () -> lend(""));
        }
        assertThat(loansAskedFor()).isEmpty();
    }

    @Test
    void lendsEachThingOnceWhateverFails() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            koha.all("checkouts").clear();
            koha.http.heard.clear();
            List<String> lines = new ArrayList<>(List.of(
                    "GET /api/v1/patrons", "GET /api/v1/items", "GET /api/v1/checkouts", "POST /api/v1/checkouts"));
            Collections.shuffle(lines, random);
            String line = lines.getFirst();
            boolean hangsUp = random.nextBoolean();
            koha.http.next(line, said -> hangsUp ? new Reply.HangUp() : new Reply.Half((Reply.Said) said));
            isSilent(!line.startsWith("POST"), () -> lend(""));
            assertThat(koha.all("checkouts")).as("seed %d", seed).hasSize(line.startsWith("POST") ? 1 : 0);
            assertThat(lend("").ok()).as("seed %d", seed).isTrue();
            assertThat(koha.all("checkouts")).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void renewsAndDoesNotRenewAgainOnTheSameDay() {
        koha.loan(100, 5, 7, "2026-11-30T23:59:00+02:00");
        assertThat(renew(ITEM))
                .satisfies(renewed -> assertThat(renewed.ok()).isTrue())
                .satisfies(renewed -> assertThat(renewed.dueDate()).isEqualTo("20270119    235900"));
        assertThat(renew(ITEM).dueDate()).isEqualTo("20270119    235900");
        assertThat(koha.http.heard("POST /api/v1/checkouts/100/renewals")).hasSize(1);
    }

    @Test
    void renewsNoLoanOfSomebodyElseAndSaysWhyItDoesNotRenew() {
        assertThat(renew(ITEM).screenMessages()).containsExactly("Aineisto ei ole lainassa sinulla.");
        koha.loan(100, 15, 7, "2026-11-30T23:59:00+02:00");
        assertThat(renew(ITEM).screenMessages()).containsExactly("Aineisto ei ole lainassa sinulla.");
        koha.loan(101, 5, 8, "2026-11-30T23:59:00+02:00");
        Map<String, String> texts = Map.of(
                "on_reserve", "Varattu toiselle, ei voi uusia.",
                "too_many", "Uusintakerrat ovat täynnä.",
                "too_soon", "Lainaa ei voi vielä uusia.",
                "something_new", "Kysy henkilökunnalta.");
        texts.forEach((code, text) -> {
            koha.renewalErrors.put(101, code);
            assertThat(renew("53000000011").screenMessages()).as(code).containsExactly(text);
        });
    }

    @Test
    void doesNotKnowWhatBecameOfARenewalWhoseAnswerIsLost() {
        koha.loan(100, 5, 7, "2026-11-30T23:59:00+02:00");
        koha.http.next("POST /api/v1/checkouts/100", _ -> new Reply.HangUp());
        isSilent(false, () -> renew(ITEM));
        assertThat(koha.http.heard("POST /api/v1/checkouts/100")).hasSize(1);
    }

    @Test
    void renewsAllOneByOne() {
        koha.loan(100, 5, 7, "2026-11-30T23:59:00+02:00");
        koha.loan(101, 5, 8, "2026-11-30T23:59:00+02:00");
        koha.renewalErrors.put(101, "on_reserve");
        assertThat(renewAll())
                .satisfies(all -> assertThat(all.ok()).isTrue())
                .satisfies(all -> assertThat(all.renewedItems()).containsExactly(ITEM))
                .satisfies(all -> assertThat(all.unrenewedItems()).containsExactly("53000000011"))
                .satisfies(all -> assertThat(all.screenMessages())
                        .containsExactly("53000000011: Varattu toiselle, ei voi uusia."));
    }

    @Test
    void tellsWhatWasRenewedWhereKohaHasNoTimeForTheRest() {
        koha.loan(100, 5, 7, "2026-11-30T23:59:00+02:00");
        koha.loan(101, 5, 8, "2026-11-30T23:59:00+02:00");
        koha.http.next("POST /api/v1/checkouts/101", _ -> Reply.json(429, ""));
        assertThat(renewAll())
                .satisfies(all -> assertThat(all.renewedItems()).containsExactly(ITEM))
                .satisfies(all -> assertThat(all.unrenewedItems()).containsExactly("53000000011"));
        koha.all("checkouts").forEach(loan -> loan.put("last_renewed_date", null));
        koha.http.next("POST /api/v1/checkouts/101", _ -> new Reply.HangUp());
        isSilent(false, this::renewAll);
    }
}
