package fi.kimppa.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.SelfTestLevel;
import fi.kimppa.device.rfid.TagSecurity;
import fi.kimppa.device.simulator.Paper;
import fi.kimppa.device.simulator.VirtualTag;
import fi.kimppa.kiosk.runtime.StaffPins;
import fi.kimppa.kiosk.session.AccountLoan;
import fi.kimppa.kiosk.session.Banner;
import fi.kimppa.kiosk.session.Choice;
import fi.kimppa.kiosk.session.KioskState;
import fi.kimppa.kiosk.session.LoanState;
import fi.kimppa.kiosk.session.Money;
import fi.kimppa.kiosk.session.ReceiptMail;
import fi.kimppa.kiosk.session.ReturnState;
import fi.kimppa.kiosk.session.StaffAct;
import fi.kimppa.kiosk.session.StaffCard;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.kiosk.session.StaffPage;
import fi.kimppa.kiosk.session.Surroundings;
import fi.kimppa.kiosk.session.Upkeep;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A kiosk without a window before the virtual desk and a small library, over their real wires. */
class KioskTest extends KioskAtDesk {
    private static final String STAFF_CARD = "4900000017";
    private static final StaffCard STAFF = StaffPins.card("kortti 3", STAFF_CARD, Secret.of("654321"));

    KioskTest() {
        super(new ModelLibrary()
                .patron(CARD, PIN)
                .item("3000000011")
                .item("3000000028")
                .item("3000000042")
                .lend("3000000042", "2000012379"));
    }

    @BeforeEach
    void switchOn() {
        start();
        until(KioskState.Idle.class, state -> state.around().banners().isEmpty());
    }

    private void start() {
        start("", ", \"staffCards\": [\"%s\"]".formatted(STAFF.line()));
    }

    private void staffMenu() {
        scan(STAFF_CARD);
        until(KioskState.StaffPin.class, _ -> true);
        type("654321");
        until(KioskState.StaffMenu.class, menu -> menu.view().isPresent());
    }

    private void act(StaffAct act) {
        touch(new Choice.Staff(act));
    }

    @Test
    void lendsAPileAndPrintsTheReceipt() {
        lay("3000000011");
        lay("3000000028");
        login();
        until(KioskState.Borrowing.class, state -> state.done() == 2 && state.inWork() == 0);
        assertThat(afi("3000000011")).isEqualTo(UNSECURED);
        assertThat(afi("3000000028")).isEqualTo(UNSECURED);
        assertThat(library.holder("3000000011")).contains(CARD);
        touch(new Choice.Finish());
        until(KioskState.OfferingReceipt.class, _ -> true);
        touch(new Choice.PrintReceipt());
        happens("the receipt", () -> !desk.printer().slips().isEmpty());
        String paper = desk.printer().slips().getFirst().text();
        assertThat(paper)
                .contains("Nimeke 3000000011")
                .contains("Nimeke 3000000028")
                .contains("22.12.2026");
        assertThat(paper).doesNotContain(CARD);
        desk.pad().clear();
        until(KioskState.Idle.class, _ -> true);
        kiosk().close();
        assertThat(data.resolve("devices.history"))
                .content()
                .contains("PRINTS=1")
                .contains("WRITES_GOOD=2")
                .doesNotContain(CARD);
    }

    @Test
    void changesTheCustomerOnlyWhenSomebodySaysSo() {
        library.patron("2000012353", PIN);
        lay("3000000011");
        login();
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.inWork() == 0);
        scan("2000012353");
        until(KioskState.Borrowing.class, state -> state.question().isPresent());
        touch(new Choice.Answer(true));
        until(KioskState.AskingPin.class, state -> state.card().text().equals("2000012353"));
        assertThat(library.holder("3000000011")).contains(CARD);
        assertThat(afi("3000000011")).isEqualTo(UNSECURED);
        assertThat(desk.printer().slips()).isEmpty();
        desk.pad().clear();
        type(PIN);
        lay("3000000028");
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.inWork() == 0);
        assertThat(library.holder("3000000028")).contains("2000012353");
    }

    /** On real wires and tags: the tag of a thing that costs something stays on until somebody has said yes. */
    @Test
    void lendsForAFeeOnlyWhenSomebodySaysSo() {
        library.dearLoan("3000000011", "1.50");
        lay("3000000011");
        login();
        until(KioskState.Borrowing.class, state -> state.question().isPresent());
        assertThat(library.holder("3000000011")).isEmpty();
        assertThat(afi("3000000011")).isNotEqualTo(UNSECURED);
        touch(new Choice.Answer(true));
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.inWork() == 0);
        assertThat(library.holder("3000000011")).contains(CARD);
        assertThat(afi("3000000011")).isEqualTo(UNSECURED);
    }

    /** On real wires: all is renewed but what costs something, and that with a yes alone. */
    @Test
    void renewsForAFeeOnlyWhenSomebodySaysSo() {
        library.lend("3000000011", CARD).lend("3000000028", CARD).dearRenewal("3000000028", "1.50");
        login();
        until(KioskState.Borrowing.class, _ -> true);
        touch(new Choice.Account());
        until(KioskState.Account.class, state -> state.loans().stream().allMatch(AccountLoan::read));
        touch(new Choice.InAccount.RenewAll());
        AccountLoan dear =
                until(KioskState.Account.class, state -> state.renewed() == 1 && !state.renewing()).loans().stream()
                        .filter(loan -> loan.state()
                                .equals(new AccountLoan.State.Costs(new Money(new BigDecimal("1.50"), "EUR"))))
                        .findFirst()
                        .orElseThrow();
        touch(new Choice.Renew(dear.number()));
        until(KioskState.Account.class, state -> state.question().isPresent());
        touch(new Choice.Answer(false));
        until(KioskState.Account.class, state -> state.question().isEmpty() && !state.renewing());
        assertThat(library.renewals()).containsExactly("3000000011");
        touch(new Choice.Renew(dear.number()));
        until(KioskState.Account.class, state -> state.question().isPresent());
        touch(new Choice.Answer(true));
        until(KioskState.Account.class, state -> state.renewed() == 2);
        assertThat(library.renewals()).containsExactly("3000000011", "3000000028");
    }

    private KioskState.OfferingReceipt borrowsOneWithAMailbox() {
        library.mailbox(CARD, "kaino.lukija@example.fi");
        lay("3000000011");
        login();
        until(KioskState.Borrowing.class, state -> state.done() == 1 && state.inWork() == 0);
        touch(new Choice.Finish());
        return until(KioskState.OfferingReceipt.class, KioskState.OfferingReceipt::mailable);
    }

    @Test
    void handsAReceiptOverAndSaysSoOnceTheGatewayHasIt() {
        assertThat(borrowsOneWithAMailbox().toString()).contains("k***@e***.fi").doesNotContain("kaino", CARD);
        // No answer, and then one: the same receipt twice.
        reports.receiptCodes.add(0);
        touch(new Choice.MailReceipt());
        until(KioskState.Farewell.class, state -> state.mail() instanceof ReceiptMail.Taken);
        assertThat(reports.receipts).hasSize(2);
        assertThat(reports.receipts.getFirst()).isEqualTo(reports.receipts.getLast());
        JsonNode receipt = reports.receipts.getFirst();
        assertThat(receipt.get("card").asString()).isEqualTo(CARD);
        assertThat(receipt.get("language").asString()).isEqualTo("fi");
        assertThat(receipt.get("text").asString())
                .contains("LAINAT", "Nimeke 3000000011", "22.12.2026", "Turun kaupunginkirjasto")
                .doesNotContain(CARD);
        assertThat(desk.printer().slips()).isEmpty();
        desk.pad().clear();
        until(KioskState.Idle.class, _ -> true);
    }

    @Test
    void offersPaperWhenTheGatewayCannotSend() {
        borrowsOneWithAMailbox();
        reports.receiptCodes.add(503);
        touch(new Choice.MailReceipt());
        until(KioskState.OfferingReceipt.class, state -> state.mail() instanceof ReceiptMail.Unconfirmed);
        assertThat(reports.receipts).hasSize(1);
        touch(new Choice.PrintReceipt());
        happens("the receipt", () -> !desk.printer().slips().isEmpty());
        desk.pad().clear();
    }

    @Test
    void renewsInTheAccountAndFindsOutAboutALostAnswerWithoutAskingTwice() {
        library.lend("3000000011", CARD).hold("3000000028", CARD);
        login();
        until(KioskState.Borrowing.class, state -> state.patron().ready().isPresent());
        touch(new Choice.Account());
        until(KioskState.Account.class, state -> state.loans().stream().anyMatch(AccountLoan::read));
        server.hangUpAfter(MessageType.RENEW_ALL);
        touch(new Choice.InAccount.RenewAll());
        until(KioskState.Account.class, state -> state.renewed() == 1 && !state.renewing());
        assertThat(library.renewals()).containsExactly("3000000011");
        touch(new Choice.InAccount.Turn(KioskState.Account.Page.HOLDS));
        until(KioskState.Account.class, state -> state.holds().stream().anyMatch(hold -> hold.read() && hold.ready()));
        touch(new Choice.Borrow());
        lay("3000000028");
        until(KioskState.Borrowing.class, state -> state.done() == 2 && state.settled());
        assertThat(library.holder("3000000028")).contains(CARD);
        touch(new Choice.Finish());
        until(KioskState.OfferingReceipt.class, _ -> true);
        touch(new Choice.PrintReceipt());
        happens("the receipt", () -> !desk.printer().slips().isEmpty());
        assertThat(desk.printer().slips().getFirst().text())
                .contains("Nimeke 3000000011")
                .contains("5.1.2027")
                .contains("Nimeke 3000000028");
    }

    @Test
    void settlesACheckoutWhoseAnswerWasLostWithoutAskingForItTwice() {
        login();
        server.hangUpAfter(MessageType.CHECKOUT);
        lay("3000000011");
        until(
                KioskState.Borrowing.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof LoanState.Done));
        assertThat(library.checkouts()).hasSize(1);
        assertThat(afi("3000000011")).isEqualTo(UNSECURED);
    }

    @Test
    void acceptsReturnsWhileTheGatewayIsAwayAndTellsThemWithTheirOwnTime() {
        server.stop();
        until(KioskState.Idle.class, state -> state.around().banners().contains(Banner.OFFLINE));
        touch(new Choice.Return());
        lay("3000000042");
        KioskState.Returning done = until(
                KioskState.Returning.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof ReturnState.Returned));
        assertThat(done.rows().getFirst().state())
                .isEqualTo(new ReturnState.Returned(new ReturnState.Destination(ReturnState.Kind.LATER, "9", "")));
        assertThat(afi("3000000042")).isEqualTo(SECURED);
        assertThat(kiosk().spool().size()).isOne();
        happens(
                "the report",
                () -> reports.reports.stream()
                        .anyMatch(report -> report.body().get("spooled").intValue() == 1));
        server.restart();
        happens("the replay", () -> kiosk().spool().size() == 0);
        Checkin told = library.checkins().getFirst();
        assertThat(told.noBlock()).isTrue();
        assertThat(told.returnDate()).isEqualTo(told.transactionDate());
        assertThat(told.returnDate().text()).startsWith("20261124    1930");
        assertThat(library.holder("3000000042")).isEmpty();
        assertThat(library.checkins()).hasSize(1);
    }

    @Test
    void asksWhoeverReturnsAHoldToSayThatItLiesInItsBin() {
        library.reserve("3000000042", CARD);
        touch(new Choice.Return());
        lay("3000000042");
        KioskState.Returning asked = until(
                KioskState.Returning.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof ReturnState.ToBin));
        happens("the slip", () -> !desk.printer().slips().isEmpty());
        desk.pad().clear();
        touch(new Choice.Placed(asked.rows().getFirst().number()));
        until(
                KioskState.Returning.class,
                state -> state.rows().stream().allMatch(row -> row.state() instanceof ReturnState.Returned));
        touch(new Choice.Finish());
        KioskState.OfferingReceipt offer = until(KioskState.OfferingReceipt.class, _ -> true);
        assertThat(offer.around().machine().upkeep().day().holds())
                .containsExactly(new Upkeep.HoldFound("5", "3000000042", true));
        assertThat(reports.told("RETURN_NOT_PLACED")).isFalse();
    }

    @Test
    void keepsARefusedReplayForStaff() {
        library.refuse("3000000042");
        server.stop();
        until(KioskState.Idle.class, state -> state.around().banners().contains(Banner.OFFLINE));
        touch(new Choice.Return());
        lay("3000000042");
        happens("the return on disk", () -> kiosk().spool().size() == 1);
        server.restart();
        happens("the refusal", () -> kiosk().spool().refused().size() == 1);
        assertThat(kiosk().spool().size()).isZero();
        happens("the event", () -> reports.told("REPLAY_REFUSED"));
    }

    @Test
    void letsStaffTestPrintAndCloseWithoutTheGateway() {
        server.stop();
        until(KioskState.Idle.class, state -> state.around().banners().contains(Banner.OFFLINE));
        staffMenu();
        act(new StaffAct.SelfTest(DeviceKind.PAD, SelfTestLevel.WORKS));
        until(
                KioskState.StaffMenu.class,
                menu -> menu.learnt().orElse(null) instanceof StaffNews.Tested(var report)
                        && report.orElseThrow().passed());
        act(new StaffAct.PrintDay());
        happens("the day on paper", () -> !desk.printer().slips().isEmpty());
        assertThat(desk.printer().slips().getFirst().text())
                .contains("PÄIVÄN TAPAHTUMAT")
                .contains("Lainoja 0");
        until(KioskState.StaffMenu.class, menu -> menu.running().isEmpty());
        act(new StaffAct.Open(StaffPage.PAD));
        lay("3000000011");
        until(
                KioskState.StaffMenu.class,
                menu -> menu.around().tags().values().stream()
                        .anyMatch(tag -> tag.security().equals(Optional.of(TagSecurity.SECURED))));
        act(new StaffAct.TakeOut(Upkeep.Closure.REPAIR));
        act(new StaffAct.Close());
        until(KioskState.OutOfService.class, state -> state.cause() == KioskState.OutOfService.Cause.STAFF);
        happens("the reports", () -> reports.told("STAFF_ENTERED") && reports.told("STAFF_ACT"));
        kiosk().close();
        server.restart();
        start();
        until(
                KioskState.OutOfService.class,
                state -> state.around().line() == Surroundings.Line.UP
                        && state.cause() == KioskState.OutOfService.Cause.STAFF);
        assertThat(library.checkouts()).isEmpty();
        assertThat(data.resolve("upkeep.json")).content().doesNotContain(STAFF_CARD);
    }

    @Test
    void tellsStaffOfALostPadAtOnceAndComesBackByItself() {
        happens("the first report", () -> reports.saw("pad", "READY"));
        desk.pad().unplug();
        until(KioskState.Idle.class, state -> state.around().banners().contains(Banner.PAD_LOST_RETURNS));
        long known = System.nanoTime();
        happens("the report", () -> reports.saw("pad", "ABSENT"));
        long told = reports.reports.getLast().atNanos();
        assertThat(told - known).isLessThan(300_000_000L);
        desk.pad().replug();
        until(KioskState.Idle.class, state -> !state.around().banners().contains(Banner.PAD_LOST_RETURNS));
    }

    @Test
    void reportsWhatAilsThePrinter() {
        desk.printer().setPaper(Paper.LOW);
        happens("the report", () -> reports.saw("printer", "DEGRADED"));
        var report = reports.reports.getLast().body();
        var printer = report.get("devices")
                .valueStream()
                .filter(line -> line.get("device").stringValue().equals("printer"))
                .findFirst()
                .orElseThrow();
        assertThat(printer.get("kind").stringValue()).isEqualTo("RECEIPT_PRINTER");
        assertThat(printer.get("reason").stringValue()).isEqualTo("PAPER_LOW");
        assertThat(printer.get("since").stringValue()).startsWith("2026-11-24T17:3");
        assertThat(reports.reports.getLast().authorization()).startsWith("Basic ");
        assertThat(kiosk().state().around().banners()).isEmpty();
    }

    @Test
    void makesGoodAfterARestartWhatATagWasStillOwed() {
        login();
        VirtualTag tag = item("3000000011").tags().getFirst();
        desk.pad().failSecurityWrites(tag.uid(), 99);
        lay("3000000011");
        until(
                KioskState.Borrowing.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof LoanState.PutBack));
        kiosk().close();
        desk.pad().clear();
        desk.pad().failSecurityWrites(tag.uid(), 0);
        switchOn();
        lay("3000000011");
        happens("the tag", () -> afi("3000000011") == UNSECURED);
        happens("a disk that knows nothing of it", () -> !onDisk("3000000011"));
    }

    private boolean onDisk(String number) {
        return OnDisk.in(data).values().stream().anyMatch(held -> held.contains(number));
    }

    @Test
    void leavesAnOwedTagAloneWhenTheItemHasBeenReturnedElsewhere() {
        login();
        VirtualTag tag = item("3000000011").tags().getFirst();
        desk.pad().failSecurityWrites(tag.uid(), 99);
        lay("3000000011");
        until(
                KioskState.Borrowing.class,
                state -> state.rows().stream().anyMatch(row -> row.state() instanceof LoanState.PutBack));
        kiosk().close();
        desk.pad().clear();
        desk.pad().failSecurityWrites(tag.uid(), 0);
        library.lend("3000000011", "elsewhere");
        library.answer(new Checkin(
                false,
                fi.kimppa.sip2.message.Timestamp.BLANK,
                fi.kimppa.sip2.message.Timestamp.BLANK,
                "",
                "TURKU",
                "3000000011",
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                List.of()));
        switchOn();
        lay("3000000011");
        until(KioskState.Choosing.class, state -> !state.around().tags().isEmpty());
        assertThat(afi("3000000011")).isEqualTo(SECURED);
        // A tag is told without its security; had it been put right, that would be known.
        assertThat(kiosk().state().around().tags().values().iterator().next().security())
                .isEmpty();
    }
}
