package fi.kimppa.kiosk.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.card.CardNumberRules;
import fi.kimppa.kiosk.session.KioskState.Account.Page;
import fi.kimppa.kiosk.speech.Script;
import fi.kimppa.kiosk.text.Texts;
import fi.kimppa.kiosk.text.Wording;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CirculationStatus;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronStatus.Flag;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.Secret;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What went wrong at self-service machines in Finnish libraries, one test each: it does not happen here. */
class FieldFailuresTest {
    private static final String ONE = "3000000011";
    private static final String TWO = "3000000028";

    private final Play play = new Play();

    private void identify() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        play.type("1234");
        play.touch(new Choice.Ok());
    }

    /** 1: the first item seemed to be lent before the block was shown. */
    @Test
    void aBlockedPatronIsToldBeforeAnythingIsLent() {
        play.lay(Play.tag(1, ONE));
        identify();
        play.answer(Play.patron(List.of(), Flag.CHARGE_PRIVILEGES_DENIED, Flag.EXCESSIVE_OUTSTANDING_FEES));
        assertThat(play.state).isInstanceOf(KioskState.Blocked.class);
        assertThat(play.sent(Checkout.class)).isEmpty();
    }

    /** 2: nobody noticed that a reserved item had not become a loan. */
    @Test
    void whatWasNotLentStaysOnTopUntilItIsReadAndStandsOnTheReceipt() {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(play.refused());
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF));
        play.lay(Play.tag(2, TWO));
        play.answer(play.lent());
        play.verified();
        LoanRow top = play.borrowing().shown().getFirst();
        assertThat(top.state().pinned()).isTrue();
        assertThat(((LoanState.Refused) top.state()).reason()).isEqualTo(LoanState.Reason.HOLD_OTHER);
        assertThat(play.borrowing().done()).isEqualTo(1);
        assertThat(play.borrowing().notDone()).isEqualTo(1);
        play.touch(new Choice.Acknowledge(top.number()));
        assertThat(play.borrowing().shown().getFirst().state().isLoan()).isTrue();
        play.touch(new Choice.Finish());
        Printout.LoanReceipt receipt = (Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.notLent()).hasSize(1);
    }

    /** 3: a second read of the same item became a renewal, and its refusal looked like a failed loan. */
    @Test
    void anItemThatIsReadTwiceIsLentOnce() {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(play.lent());
        play.verified();
        play.lift(Play.tag(1, ONE));
        play.lay(Play.unsecured(Play.tag(1, ONE)));
        play.on(new KioskEvent.Scanned(ONE));
        assertThat(play.sent(Checkout.class)).hasSize(1);
        assertThat(play.borrowing().rows()).hasSize(1);
    }

    /** 4: after a renewal the old due date stood on screen and receipt. */
    @Test
    void aRenewedLoanShowsItsNewDateAndNeverTheOldOne() {
        play.openAccount(Play.loans(ONE));
        play.answer(play.onLoan("20261130"));
        play.touch(new Choice.Renew(1));
        play.answer(play.renewedWithoutADate());
        assertThat(play.account().loans().getFirst().due()).isEmpty();
        play.answer(play.onLoan("20261228"));
        play.touch(new Choice.Finish());
        Printout.LoanReceipt receipt = (Printout.LoanReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.loans().getFirst().due().flatMap(DueDate::date)).contains(LocalDate.of(2026, 12, 28));
    }

    /** 5: with "no block" there was no due date. */
    @Test
    void aLoanIsAskedForWithoutForceAndItsMissingDateIsReadAgain() {
        play.login();
        play.lay(Play.tag(1, ONE));
        assertThat(play.sent(Checkout.class).getFirst().noBlock()).isFalse();
        play.answer(play.lent(""));
        play.answer(play.onLoan("20261222"));
        play.verified();
        assertThat(play.loan(0).due().flatMap(DueDate::date)).contains(LocalDate.of(2026, 12, 22));
    }

    /** 6: after a change of settings everything was due on the day it was lent. */
    @Test
    void aDueDateOfTodayIsReportedToStaff() {
        play.login();
        play.lay(Play.tag(1, ONE));
        play.answer(play.lent("20261124    235900"));
        assertThat(play.incidents()).contains(Incident.Kind.DUE_DATE_SUSPICIOUS);
    }

    /** 7: returned holds went to the open shelf, and hung there. */
    @ParameterizedTest
    @EnumSource(names = {"HOLD_HERE", "HOLD_ELSEWHERE"})
    void aReturnedHoldHasItsOwnScreenBinAndSlipAndIsSaidToLieInItsBin(AlertType alert) {
        ReturnState.Destination bin = alert == AlertType.HOLD_HERE
                ? new ReturnState.Destination(ReturnState.Kind.HOLD_HERE, "5", "")
                : new ReturnState.Destination(ReturnState.Kind.HOLD_ELSEWHERE, "5", "Lieto");
        returnedHold(alert);
        play.lay(Play.tag(2, TWO));
        play.answer(play.returned("1", "", Optional.empty()));
        play.verified();
        assertThat(((KioskState.Returning) play.state).shown().getFirst().state())
                .as("before what came after it")
                .isEqualTo(new ReturnState.ToBin(bin, false));
        assertThat(play.all(Effect.Print.class))
                .singleElement()
                .extracting(Effect.Print::printout)
                .isInstanceOf(Printout.HoldSlip.class);
        assertThat(holds()).containsExactly(new Upkeep.HoldFound("5", ONE, false));
        play.touch(new Choice.Placed(1));
        assertThat(play.back(0)).isEqualTo(new ReturnState.Returned(bin));
        assertThat(holds()).containsExactly(new Upkeep.HoldFound("5", ONE, true));
        play.touch(new Choice.Finish());
        assertThat(play.state).isInstanceOf(KioskState.OfferingReceipt.class);
        assertThat(play.incidents()).isEmpty();
    }

    /** 7, too: whoever walks off without a word leaves a hold that staff look for. */
    @Test
    void aReturnedHoldThatNobodySaidLiesInItsBinIsToldToStaff() {
        returnedHold(AlertType.HOLD_HERE);
        play.lift(Play.tag(1, ONE));
        play.seconds(20);
        play.seconds(20);
        assertThat(play.state).isNotInstanceOf(KioskState.Returning.class);
        assertThat(play.incidents()).containsExactly(Incident.Kind.RETURN_NOT_PLACED);
        assertThat(holds()).containsExactly(new Upkeep.HoldFound("5", ONE, false));
    }

    private void returnedHold(AlertType alert) {
        play.touch(new Choice.Return());
        play.lay(Play.tag(1, ONE));
        play.answer(play.returned("5", alert == AlertType.HOLD_HERE ? "" : "LIETO", Optional.of(alert)));
        play.verified();
    }

    private List<Upkeep.HoldFound> holds() {
        return play.state.around().machine().upkeep().day().holds();
    }

    /** 8: the receipt of returns lacked the last item. */
    @Test
    void theReceiptOfReturnsIsTheKiosksOwnList() {
        play.touch(new Choice.Return());
        for (String item : List.of(ONE, TWO)) {
            play.lay(Play.tag(Long.parseLong(item), item));
            play.answer(play.returned("1", "", Optional.empty()));
            play.verified();
        }
        play.touch(new Choice.Finish());
        Printout.ReturnReceipt receipt = (Printout.ReturnReceipt) ((KioskState.OfferingReceipt) play.state).receipt();
        assertThat(receipt.returns())
                .extracting(Printout.Return::title)
                .containsExactly("Nimeke " + ONE, "Nimeke " + TWO);
    }

    /** 9: a 63 with an empty PIN counted as a wrong one and locked cards. */
    @Test
    void noPatronIsAskedAboutWithoutAPin() {
        assertThatThrownBy(() -> Requests.patron(
                        play.state.around(), new CardNumber(Play.CARD), Secret.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        play.touch(new Choice.Return());
        play.lay(Play.tag(1, ONE));
        assertThat(play.sent(PatronInformation.class)).isEmpty();
    }

    /** 10: a calendar left on an old date made hundreds of wrong returns. */
    @Test
    void aReturnIsDatedByTheClockAndNothingElse() {
        play.seconds(90);
        play.touch(new Choice.Return());
        play.lay(Play.tag(1, ONE));
        Checkin asked = play.sent(Checkin.class).getFirst();
        assertThat(asked.returnDate()).isEqualTo(Timestamp.of(play.now, Play.HELSINKI));
        assertThat(asked.transactionDate()).isEqualTo(asked.returnDate());
    }

    /** 11: a machine stood still over a holiday. */
    @Test
    void aSessionThatFailsEndsIdleAndAMachineWithoutALineStillTakesReturns() {
        identify();
        Step abandoned = KioskSession.abandon(play.state);
        assertThat(abandoned.next()).isInstanceOf(KioskState.Idle.class);
        assertThat(abandoned.effects()).hasAtLeastOneElementOfType(Effect.Erase.class);
        Play alone = new Play();
        alone.line(Surroundings.Line.DOWN);
        alone.touch(new Choice.Return());
        alone.lay(Play.tag(1, ONE));
        assertThat(alone.all(Effect.Spool.class)).hasSize(1);
        assertThat(alone.state.around().banners()).contains(Banner.OFFLINE);
    }

    /** From the front page to the middle of something. */
    private static final List<Consumer<Play>> VISITS = List.of(
            at -> at.on(new KioskEvent.Scanned(Play.CARD)),
            at -> {
                at.login();
                at.lay(Play.tag(1, ONE));
            },
            at -> {
                at.login();
                at.lay(Play.tag(1, ONE));
                at.answer(at.lent());
            },
            at -> at.openAccount(Play.loans(ONE)),
            at -> {
                at.touch(new Choice.Return());
                at.lay(Play.tag(1, ONE));
            },
            at -> at.touch(new Choice.Search()));

    /** What may fail on a weekend when nobody of the staff is there. */
    enum Failing {
        LINE {
            @Override
            void turn(Play at, boolean works) {
                at.line(works ? Surroundings.Line.UP : Surroundings.Line.DOWN);
            }
        },
        LOGIN {
            @Override
            void turn(Play at, boolean works) {
                at.line(works ? Surroundings.Line.UP : Surroundings.Line.REFUSED);
            }
        },
        PAD {
            @Override
            void turn(Play at, boolean works) {
                plug(at, DeviceKind.PAD, works);
            }
        },
        SCANNER {
            @Override
            void turn(Play at, boolean works) {
                plug(at, DeviceKind.SCANNER, works);
            }
        },
        PRINTER {
            @Override
            void turn(Play at, boolean works) {
                plug(at, DeviceKind.PRINTER, works);
            }
        },
        EVERYTHING {
            @Override
            void turn(Play at, boolean works) {
                LINE.turn(at, works);
                List.of(PAD, SCANNER, PRINTER).forEach(what -> what.turn(at, works));
            }
        };

        abstract void turn(Play at, boolean works);

        private static void plug(Play at, DeviceKind kind, boolean works) {
            if (works) {
                at.ready(kind);
            } else {
                at.absent(kind);
            }
        }
    }

    /** 11, too: whatever fails in the middle of whatever visit, nobody need come: the visit ends, and who comes later is served. */
    @ParameterizedTest
    @EnumSource
    void whateverFailsNobodyNeedComeToSetTheMachineGoing(Failing what) {
        for (Consumer<Play> visit : VISITS) {
            var at = new Play();
            visit.accept(at);
            what.turn(at, false);
            leftAlone(at);
            at.lift(Play.tag(1, ONE));
            leftAlone(at);
            assertThat(at.state).isInstanceOfAny(KioskState.Idle.class, KioskState.OutOfService.class);
            assertThat(FaultCode.of(at.state))
                    .as("what is said on the telephone")
                    .isPresent();
            what.turn(at, true);
            at.seconds(1);
            assertThat(at.state).as("by itself").isInstanceOf(KioskState.Idle.class);
            assertThat(FaultCode.of(at.state)).isEmpty();
            at.login();
            at.lay(Play.tag(2, TWO));
            at.answer(at.lent());
            at.verified();
            assertThat(at.borrowing().done()).isEqualTo(1);
        }
    }

    /** A quarter of an hour in which nobody is there, no library answers and nothing else does what it is told to. */
    private static void leftAlone(Play at) {
        int heard = 0;
        for (int second = 0; second < 900; second++) {
            at.seconds(1);
            List<Effect> asked = List.copyOf(at.effects.subList(heard, at.effects.size()));
            heard += asked.size();
            asked.forEach(effect -> unheeded(effect).ifPresent(at::on));
        }
    }

    /** How an effect ends where everything fails. */
    private static Optional<KioskEvent> unheeded(Effect effect) {
        return switch (effect) {
            case Effect.Send send -> Optional.of(new KioskEvent.Unanswered(send.request(), false));
            case Effect.SetSecurity write ->
                Optional.of(new KioskEvent.SecurityWritten(write.row(), write.uid(), Optional.empty()));
            case Effect.Spool spool -> Optional.of(new KioskEvent.Spooled(spool.request(), true));
            case Effect.Catalogue asked ->
                Optional.of(new KioskEvent.Catalogue(
                        new CatalogueNews.Silent(asked.task().request())));
            case Effect.Mail mail -> Optional.of(new KioskEvent.Mailed(mail.request(), false));
            default -> Optional.empty();
        };
    }

    /** 12: a machine was logged in as another branch for weeks. */
    @Test
    void everyRequestNamesTheInstitutionThatTheScreensName() {
        play.login();
        play.lay(Play.tag(1, ONE));
        KioskSettings settings = play.state.around().settings();
        assertThat(settings.libraryName()).isEqualTo("Turun kaupunginkirjasto");
        assertThat(play.sent(Checkout.class))
                .allMatch(asked -> asked.institutionId().equals(settings.institution()));
        Play refused = new Play();
        refused.line(Surroundings.Line.REFUSED);
        assertThat(refused.state).isInstanceOf(KioskState.OutOfService.class);
    }

    /** 12, too: it ran at the gateway for trying out, and nobody saw it. */
    @Test
    void aKioskDoesNotOpenAtTheGatewayForTryingOut() {
        told(new BranchNow("LIETO", true, Optional.empty()));
        assertThat(((KioskState.OutOfService) play.state).cause()).isEqualTo(KioskState.OutOfService.Cause.OTHER_WORLD);
        assertThat(FaultCode.of(play.state)).contains(FaultCode.OTHER_WORLD);
        play.on(new KioskEvent.Scanned(Play.CARD));
        assertThat(play.sends()).isEmpty();
        told(new BranchNow("LIETO", false, Optional.empty()));
        assertThat(play.state).isInstanceOf(KioskState.Idle.class);
    }

    private void told(BranchNow now) {
        play.on(new KioskEvent.Staff(new StaffNews.BranchTold(now)));
    }

    /** 12, too: the front page says how long the library is open, while that is known and true. */
    @Test
    void theFrontPageSaysHowLongTheLibraryIsOpen() {
        Texts finnish = Texts.in(Language.FINNISH);
        assertThat(Wording.opening(finnish, play.state.around())).isEmpty();
        told(new BranchNow(
                "LIETO",
                false,
                Optional.of(
                        new BranchNow.Opening(BranchNow.Mode.SELF_SERVICE, Optional.of(play.now.plusSeconds(5400))))));
        assertThat(Wording.opening(finnish, play.state.around())).contains("Omatoimiaika klo\u00a021.00 asti");
        play.seconds(5400);
        assertThat(Wording.opening(finnish, play.state.around())).isEmpty();
    }

    /** 13: tens of loans and holds made everything wait. */
    @Test
    void aHundredLoansKeepNobodyWaiting() {
        String[] items =
                IntStream.range(0, 100).mapToObj(i -> "3000001" + (100 + i)).toArray(String[]::new);
        play.openAccount(Play.loans(items));
        assertThat(play.account().loans()).as("listed at once").hasSize(100);
        assertThat(play.sends()).as("and read one by one").hasSize(2);
        play.touch(new Choice.InAccount.Turn(Page.HOLDS));
        assertThat(play.account().page()).isEqualTo(Page.HOLDS);
        play.touch(new Choice.Borrow());
        assertThat(play.state).isInstanceOf(KioskState.Borrowing.class);
        play.lay(Play.tag(1, ONE));
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    /** 14: a card with blanks around its number was not known. */
    @Test
    void blanksAroundACardNumberDoNotMatter() {
        play.on(new KioskEvent.Scanned(" " + Play.CARD + "\r"));
        assertThat(((KioskState.AskingPin) play.state).card().text()).isEqualTo(Play.CARD);
    }

    /** 14, too: mobile cards are read in small letters where the library writes capitals. */
    @Test
    void aMobileCardInSmallLettersIsTheSameCard() {
        CardRules rules = new CardRules(
                Pattern.compile("TKU\\d{4}"),
                new CardNumberRules(false, "", Optional.empty(), CardNumberRules.Letters.UPPER, ""),
                List.of(),
                CardRules.Typed.NEVER);
        assertThat(rules.patron("tku0042")).map(CardNumber::text).contains("TKU0042");
    }

    /** 14, too: one rule of the consortium for what is read, typed or shown, before the library hears of it. */
    @ParameterizedTest
    @ValueSource(strings = {"tku0042", " TKU0042\r", "FI-TKU0042", "0042"})
    void aCardIsTheSameHoweverItIsRead(String read) {
        CardRules rules = new CardRules(
                Pattern.compile("TKU\\d{4}"),
                new CardNumberRules(
                        true, "FI", Optional.empty(), CardNumberRules.Letters.UPPER, read.startsWith("0") ? "TKU" : ""),
                List.of(),
                CardRules.Typed.NEVER);
        assertThat(rules.patron(read)).map(CardNumber::text).contains("TKU0042");
    }

    /** 15: what lay on the pad before the login was not seen. */
    @Test
    void whatLiesOnThePadBeforeTheLoginCounts() {
        play.lay(Play.tag(1, ONE));
        play.login();
        assertThat(play.sent(Checkout.class)).hasSize(1);
    }

    /** 16: texts were translated by a machine, and not all of them. */
    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#usual")
    void everySentenceIsThereInEveryLanguage(Language language) {
        assertThat(new TreeSet<>(Texts.in(language).keys()))
                .isEqualTo(new TreeSet<>(Texts.in(Language.FINNISH).keys()));
    }

    /** 16, too: what a translator's program once made of Finnish words is in none of them. */
    @ParameterizedTest
    @MethodSource("fi.kimppa.kiosk.text.Texts#usual")
    void noSentenceIsAMachines(Language language) {
        Texts texts = Texts.in(language);
        List<String> all = texts.keys().stream()
                .map(key -> texts.say(
                        key,
                        texts.parametersOf(key).stream()
                                .flatMap(name -> Stream.of(name, "1"))
                                .toArray()))
                .toList();
        assertThat(all).noneMatch(text -> text.matches("(?iu).*(kolla upp|papper sprang ut|lösenord|salasana).*"));
    }

    /** 17: every hold was called ready because the library listed it so. */
    @Test
    void aHoldIsReadyOnlyIfItsItemStandsOnTheShelf() {
        play.openAccount(Play.listed(Map.of(ItemList.HOLD, 2), Map.of(), List.of()));
        play.touch(new Choice.InAccount.Turn(Page.HOLDS));
        play.answer(Play.listed(Map.of(), Map.of(ItemList.HOLD, List.of(ONE, TWO)), List.of()));
        play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF));
        play.answer(play.item(CirculationStatus.IN_TRANSIT));
        assertThat(play.account().holds()).extracting(AccountHold::ready).containsExactly(true, false);
    }

    /** 18: most who do not see well met barriers. A loan from card to receipt by the keypad and the ear alone. */
    @Test
    void whoeverSeesNothingBorrowsWithoutHelp() {
        play.on(new KioskEvent.Headphones(true));
        choose(new Choice.Borrow());
        identifyByEar();
        play.answer(Play.loans(TWO));
        play.lay(Play.tag(1, ONE));
        play.answer(play.lent());
        told(play::verified);
        choose(new Choice.Finish());
        assertThat(((KioskState.OfferingReceipt) play.state).receipt()).isInstanceOf(Printout.LoanReceipt.class);
        choose(new Choice.NoReceipt());
    }

    /** 18, too: a refusal is said where it comes, and the keypad has the key that ends it. */
    @Test
    void whoeverSeesNothingHearsWhyAThingIsNotLent() {
        play.on(new KioskEvent.Headphones(true));
        choose(new Choice.Borrow());
        identifyByEar();
        play.answer(Play.loans());
        play.lay(Play.tag(1, ONE));
        play.answer(play.refused());
        told(() -> play.answer(play.item(CirculationStatus.WAITING_ON_HOLD_SHELF)));
        choose(new Choice.Acknowledge(1));
        assertThat(play.borrowing().rows().getFirst().state().pinned()).isFalse();
    }

    /** 18, too: a return and a renewal, one after the other. */
    @Test
    void whoeverSeesNothingReturnsAndRenewsWithoutHelp() {
        play.on(new KioskEvent.Headphones(true));
        choose(new Choice.Return());
        play.lay(Play.tag(1, ONE));
        play.answer(play.returned("1", "", Optional.empty()));
        told(play::verified);
        choose(new Choice.Finish());
        choose(new Choice.NoReceipt());
        play.lift(Play.tag(1, ONE));
        play.seconds(30);
        // Whoever comes next hears what there is to do before a key does anything.
        hear(new Key.Digit(0));
        choose(new Choice.Account());
        identifyByEar();
        play.answer(Play.loans(TWO));
        play.answer(play.onLoan("20261130"));
        choose(new Choice.Renew(1));
        told(() -> play.answer(play.renewed(true)));
        choose(new Choice.Finish());
        choose(new Choice.NoReceipt());
    }

    /** 18, too: whoever listens hears of it when the kiosk cannot go on, whatever fails and wherever they are. */
    @ParameterizedTest
    @EnumSource
    void noFailureIsMute(Failing what) {
        for (Consumer<Play> visit : Stream.concat(Stream.<Consumer<Play>>of(_ -> {}), VISITS.stream())
                .toList()) {
            var at = new Play();
            at.on(new KioskEvent.Headphones(true));
            visit.accept(at);
            heard(at, () -> what.turn(at, false));
            heard(at, () -> at.seconds(1));
            heard(at, () -> what.turn(at, true));
        }
    }

    private static void heard(Play at, Runnable what) {
        KioskState before = at.state;
        what.run();
        if (!at.state.onTheScreenOf(before)) {
            assertThat(Script.say(Optional.of(before), at.state))
                    .as("something is said on the way from %s to %s", before, at.state)
                    .isPresent();
        }
    }

    /** 18, too: a failure does not take the language away from whoever listens, and a while later it is as for everybody. */
    @Test
    void whatFailsAtTheFrontPageIsHeardInTheLanguageThatWasChosen() {
        play.on(new KioskEvent.Headphones(true));
        play.touch(new Choice.Speak(Language.SWEDISH));
        told(() -> play.line(Surroundings.Line.REFUSED));
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        told(() -> play.line(Surroundings.Line.UP));
        assertThat(play.state.language()).isEqualTo(Language.SWEDISH);
        told(() -> play.line(Surroundings.Line.REFUSED));
        play.seconds(130);
        play.seconds(1);
        assertThat(play.state.language()).isEqualTo(Language.FINNISH);
        play.line(Surroundings.Line.UP);
        assertThat(play.state.around().aids().speaking()).isFalse();
    }

    /** 18, too: no state is mute, and none is without a key. */
    @Test
    void whatFailsIsHeardAsWell() {
        play.on(new KioskEvent.Headphones(true));
        told(() -> play.line(Surroundings.Line.REFUSED));
        told(() -> play.line(Surroundings.Line.UP));
        choose(new Choice.Borrow());
        play.on(new KioskEvent.Scanned(Play.CARD));
        for (int digit = 1; digit <= 4; digit++) {
            hear(new Key.Digit(digit));
        }
        hear(new Key.Enter());
        told(() -> play.noAnswer(true));
        assertThat(Keypad.pages(play.state)).anyMatch(page -> !page.choices().isEmpty());
    }

    private void identifyByEar() {
        play.on(new KioskEvent.Scanned(Play.CARD));
        for (int digit = 1; digit <= 4; digit++) {
            hear(new Key.Digit(digit));
        }
        hear(new Key.Enter());
    }

    /** Turns the pages of the keypad until it has this choice, hearing something at each key. */
    private void choose(Choice wanted) {
        for (int page = 0; page < 12; page++) {
            int at = Keypad.page(play.state).choices().indexOf(wanted);
            hear(new Key.Digit(at >= 0 ? at + 1 : Keypad.NEXT));
            if (at >= 0) {
                return;
            }
        }
        throw new AssertionError("no key for " + wanted + " in " + play.state);
    }

    private void hear(Key key) {
        told(() -> play.on(new KioskEvent.Pressed(key)));
    }

    private void told(Runnable what) {
        KioskState before = play.state;
        what.run();
        assertThat(Script.say(Optional.of(before), play.state))
                .as("something is said on the way from %s to %s", before.getClass(), play.state.getClass())
                .isPresent();
    }

    /** 18, too: whoever needs longer could not finish. */
    @Test
    void whoeverNeedsMoreTimeHasFourTimesAsMuch() {
        play.openAccount(Play.loans());
        play.touch(new Choice.Prefer(Preference.MORE_TIME, true));
        play.seconds(4 * 45 - 1);
        assertThat(play.account().patience().warned()).isFalse();
        play.seconds(1);
        assertThat(play.account().patience().secondsLeft(play.now)).isEqualTo(60);
    }
}
