package fi.kimppa.gateway.backend.sip2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.SipServerStub;
import fi.kimppa.gateway.SipServerStub.Reply;
import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.gateway.circulation.TimeLeft;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A SIP2 server behind the port, over real sockets; what the servers do is from backends.md sections 3 to 5. */
class Sip2BackendTest {
    private static final String ITEM = "1720261124    193000AOTURKU|AB3000000011|";
    private static final String KNOWN = "1803000120261124    193000AB3000000011|AJSinuhe|";
    private static final String OUT = "11NN20261124    193000                  AOTURKU|AA2000012345|AB3000000011|AC|";
    private static final String IN = "09N20261124    19300020261124    193000APTURKU|AOTURKU|AB3000000011|AC|";
    private static final String PATRON =
            "64              00120261124    193000000000000001000000000000AOTKU|AA2000012345|AEX|BLY|";
    private static final String LENT =
            "121NNY20261124    193000AOTKU|AA2000012345|AB3000000011|AJSinuhe|AH20261222    235959|";

    private final SipServerStub server = new SipServerStub();
    private final List<Sip2Backend> open = new ArrayList<>();

    Sip2BackendTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        open.forEach(Sip2Backend::destroy);
        server.close();
    }

    private Sip2Backend backend(Preset preset) {
        return backend(preset, 4, Duration.ofSeconds(5));
    }

    private Sip2Backend backend(Preset preset, int links, Duration answer) {
        Sip2Backend backend = new Sip2Backend(
                "upstream",
                new ServerSettings(
                        server.address(),
                        preset,
                        links,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(3),
                        answer,
                        Duration.ofNanos(1),
                        true,
                        UTF_8,
                        true,
                        Map.of(
                                "TURKU", new Account("kimppa-turku", Secret.of("s"), null, "TKU"),
                                "LIETO", new Account("kimppa-lieto", Secret.of("s"), null, "LIE"),
                                "common", new Account("kimppa", Secret.of("s"), null, "ALL"))),
                Clock.systemUTC());
        open.add(backend);
        return backend;
    }

    private static <R extends Request> R ask(Class<R> type, String line) {
        Decoded decoded = new FrameCodec(WireProfile.DEFAULT).decode(line.getBytes(StandardCharsets.UTF_8));
        return type.cast(Request.from(((Decoded.Complete) decoded).frame()));
    }

    private CheckinResponse bringBack(Preset preset, String answer) {
        server.on("09", answer);
        return backend(preset).checkin(ask(Checkin.class, IN), BackHalf.TURKU);
    }

    @Test
    void speaksForABranchUnderItsOwnAccountAndAnswersTheTerminalInItsOwnWords() {
        server.on("11", LENT);
        assertThat(backend(Preset.KOHA).checkout(ask(Checkout.class, OUT), BackHalf.TURKU))
                .satisfies(lent -> assertThat(lent.ok()).isTrue())
                .satisfies(lent -> assertThat(lent.institutionId()).isEqualTo("TURKU"));
        assertThat(server.heard("93")).containsExactly("9300CNkimppa-turku|COs|");
        assertThat(server.heard("11"))
                .singleElement()
                .asString()
                .contains("AOTKU|", "AA2000012345|")
                .doesNotContain("AC");
    }

    @Test
    void speaksForABranchWithoutAnAccountUnderTheCommonOne() {
        server.on("17", KNOWN);
        backend(Preset.KOHA).itemInformation(ask(ItemInformation.class, ITEM), BackHalf.NAANTALI);
        assertThat(server.heard("93")).containsExactly("9300CNkimppa|COs|");
        assertThat(server.heard("17")).singleElement().asString().contains("AOALL|");
    }

    @Test
    void tellsNoServerWhoseTagItWasAndPassesWhatNobodyKnows() {
        server.on("09", "101YNN20261124    193000AOTKU|AB3000000011|AQTKU|ZZshelf 4|");
        CheckinResponse answer =
                backend(Preset.KOHA).checkin(ask(Checkin.class, IN + "CHowner=FI-Turku|XYgate 2|"), BackHalf.TURKU);
        assertThat(server.heard("09"))
                .singleElement()
                .asString()
                .contains("APTKU|", "XYgate 2|")
                .doesNotContain("owner");
        assertThat(answer.extras()).extracting(Object::toString).containsExactly("ZZshelf 4");
    }

    @Test
    void callsBranchesByOurNames() {
        CheckinResponse answer = bringBack(Preset.KOHA, "101YNY20261124    193000AOTKU|AB3000000011|AQLIE|CTLIE|CV04|");
        assertThat(answer.permanentLocation()).isEqualTo("LIETO");
        assertThat(answer.destinationLocation()).contains("LIETO");
        assertThat(answer.alertType()).contains(AlertType.SEND_ELSEWHERE);
    }

    @Test
    void takesAlertType00OfASuccessForNothing() {
        assertThat(bringBack(Preset.KOHA, "101YNN20261124    193000AOTKU|AB3000000011|AQTKU|CV00|")
                        .alertType())
                .isEmpty();
    }

    @Test
    void keepsAnAlertTypeBesideAnAlertFlagThatSaysNo() {
        assertThat(bringBack(Preset.KOHA, "101YNN20261124    193000AOTKU|AB3000000011|AQTKU|CV01|")
                        .alertType())
                .contains(AlertType.HOLD_HERE);
    }

    @Test
    void readsTheAlertTypeThatOnlyKohaSuomiKnowsAsAMatterForStaff() {
        assertThat(bringBack(Preset.KOHA_SUOMI, "101YNY20261124    193000AOTKU|AB3000000011|AQTKU|CV53|")
                        .alertType())
                .contains(AlertType.OTHER);
    }

    @Test
    void sendsNoUndoingToAServerThatWouldTakeItForALoanOrAReturn() {
        assertThat(backend(Preset.KOHA)
                        .checkout(ask(Checkout.class, OUT + "BIY|"), BackHalf.TURKU)
                        .ok())
                .isFalse();
        assertThat(backend(Preset.EVERGREEN)
                        .checkin(ask(Checkin.class, IN + "BIY|"), BackHalf.TURKU)
                        .ok())
                .isFalse();
        assertThat(server.heard).isEmpty();
    }

    @Test
    void placesNoHoldWhereTheServerCanOnlyCancelThem() {
        Hold hold = ask(Hold.class, "15+20261124    193000AOTURKU|AA2000012345|AB3000000011|");
        assertThat(backend(Preset.EVERGREEN).hold(hold, BackHalf.TURKU).ok()).isFalse();
        assertThat(server.heard).isEmpty();
        assertThat(backend(Preset.EVERGREEN).serves())
                .contains(MessageType.HOLD)
                .doesNotContain(MessageType.ITEM_STATUS_UPDATE, MessageType.PATRON_ENABLE);
    }

    @Test
    void callsALoanThatStandsNoRefusalAlthoughKohaWouldNotRenewIt() {
        server.on("11", "120NUN20261124    193000AOTKU|AA2000012345|AB3000000011|AJ|AH|AFToo soon|");
        server.on("63", PATRON + "AU3000000011|").on("17", KNOWN + "AH20261222    235959|");
        assertThat(backend(Preset.KOHA).checkout(ask(Checkout.class, OUT), BackHalf.TURKU))
                .satisfies(lent -> assertThat(lent.ok()).isTrue())
                .satisfies(lent -> assertThat(lent.renewalOk()).isFalse())
                .satisfies(lent -> assertThat(lent.dueDate()).isEqualTo("20261222    235959"))
                .satisfies(lent -> assertThat(lent.screenMessages()).isEmpty());
        server.on("63", PATRON + "AU3000000028|");
        assertThat(backend(Preset.KOHA)
                        .checkout(ask(Checkout.class, OUT), BackHalf.TURKU)
                        .ok())
                .isFalse();
    }

    @Test
    void doesNotKnowWhatToSayOfARefusedLoanWhereTheServerGoesSilentThen() {
        server.on("11", "120NUN20261124    193000AOTKU|AA2000012345|AB3000000011|AJ|AH|AFToo soon|");
        assertThatThrownBy(() -> backend(Preset.KOHA).checkout(ask(Checkout.class, OUT), BackHalf.TURKU))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isFalse());
    }

    @Test
    void knowsThatNothingWasDoneWhereNobodyListens() throws IOException {
        Sip2Backend backend = backend(Preset.KOHA);
        server.close();
        assertThatThrownBy(() -> backend.checkout(ask(Checkout.class, OUT), BackHalf.TURKU))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThat(backend.online()).isFalse();
    }

    @Test
    void doesNotKnowWhatBecameOfALoanWhoseAnswerDidNotComeAndNeverAsksForItTwice() {
        for (Reply reply : List.of(new Reply.Silence(), new Reply.HangUp(), new Reply.Half(LENT))) {
            server.heard.clear();
            server.on("11", reply).on("97", reply);
            Sip2Backend backend = backend(Preset.KOHA, 1, Duration.ofMillis(700));
            assertThatThrownBy(() -> backend.checkout(ask(Checkout.class, OUT), BackHalf.TURKU))
                    .isInstanceOfSatisfying(
                            BackendSilentException.class,
                            e -> assertThat(e.outcomeKnown()).as("%s", reply).isFalse());
            assertThat(server.heard("11")).as("%s", reply).hasSize(1);
        }
    }

    /** Others may have found by then that it was not made, and have told so. */
    @Test
    void sendsNoLoanOnceTheTimeOfWhoeverAskedIsOver() {
        long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
        server.on("11", LENT).on("99", new Reply.Worked(_ -> {
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            return SipServerStub.ONLINE;
        }));
        Sip2Backend backend = backend(Preset.KOHA);

        assertThatThrownBy(() -> TimeLeft.until(end, () -> backend.checkout(ask(Checkout.class, OUT), BackHalf.TURKU)))
                .isInstanceOfSatisfying(
                        BackendSilentException.class,
                        e -> assertThat(e.outcomeKnown()).isTrue());
        assertThat(server.heard("99")).isNotEmpty();
        assertThat(server.heard("11")).isEmpty();
        assertThat(backend.checkout(ask(Checkout.class, OUT), BackHalf.TURKU).ok())
                .isTrue();
    }

    @Test
    void isNotLetInAndSaysSo() {
        server.letsIn = false;
        assertThatThrownBy(() -> backend(Preset.KOHA).checkout(ask(Checkout.class, OUT), BackHalf.TURKU))
                .isInstanceOf(BackendSilentException.class)
                .hasMessageContaining("login refused");
    }

    @Test
    void isOnLineWhereOneBranchIsNotLetIn() {
        server.refused.add("kimppa-lieto");
        assertThat(backend(Preset.KOHA).online()).isTrue();
        server.refused.addAll(List.of("kimppa-turku", "kimppa"));
        assertThat(backend(Preset.KOHA).online()).isFalse();
    }

    @Test
    void countsAsReadyWhatIsReadyAlone() {
        String counts = "64              00120261124    1930000003000000010000    0002AOTKU|AA2000012345|AEX|BLY|";
        server.on("63", counts);
        PatronInformation asked =
                ask(PatronInformation.class, "6300120261124    193000          AOTURKU|AA2000012345|AC|");
        assertThat(backend(Preset.EVERGREEN)
                        .patronInformation(asked, BackHalf.TURKU)
                        .counts())
                .containsEntry(ItemList.HOLD, 1)
                .containsEntry(ItemList.UNAVAILABLE_HOLDS, 2);
        assertThat(backend(Preset.KOHA).patronInformation(asked, BackHalf.TURKU).counts())
                .containsEntry(ItemList.HOLD, 3);
        server.on("63", counts.replace("0002AO", "    AO"));
        assertThat(backend(Preset.EVERGREEN)
                        .patronInformation(asked, BackHalf.TURKU)
                        .counts())
                .as("nobody knows")
                .doesNotContainKey(ItemList.HOLD);
    }

    @Test
    void opensNoMoreLinksThanItMayAndSaysThatItIsBusy() throws Exception {
        server.on("17", new Reply.Silence());
        Sip2Backend backend = backend(Preset.KOHA, 2, Duration.ofMillis(1500));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Throwable>> ends = new ArrayList<>();
            for (int asker = 0; asker < 3; asker++) {
                ends.add(threads.submit(() -> failure(backend, BackHalf.TURKU)));
            }
            List<Class<?>> kinds = new ArrayList<>();
            for (Future<Throwable> end : ends) {
                kinds.add(end.get().getClass());
            }
            assertThat(kinds)
                    .containsExactlyInAnyOrder(
                            BackendBusyException.class, BackendSilentException.class, BackendSilentException.class);
        }
        server.on("17", KNOWN);
        assertThat(backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU)
                        .titleIdentifier())
                .isEqualTo("Sinuhe");
    }

    private static Throwable failure(Sip2Backend backend, Terminal terminal) {
        try {
            backend.itemInformation(ask(ItemInformation.class, ITEM), terminal);
            return new AssertionError("answered");
        } catch (BackendBusyException | BackendSilentException e) {
            return e;
        }
    }

    @Test
    void sharesOneLinkAmongQuietTerminalsAndKeepsItOpen() {
        server.on("17", KNOWN);
        Sip2Backend backend = backend(Preset.KOHA);
        for (int turn = 0; turn < 5; turn++) {
            backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU);
        }
        assertThat(server.connections).hasValue(1);
        int before = server.heard("99").size();
        backend.keepAlive();
        assertThat(server.heard("99")).hasSize(before + 1);
        assertThat(server.connections).hasValue(1);
    }

    @Test
    void reconnectsWhereTheServerClosedAnIdleLink() throws IOException {
        server.on("17", KNOWN);
        Sip2Backend backend = backend(Preset.KOHA);
        backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU);
        server.hangUp();
        assertThat(backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU)
                        .titleIdentifier())
                .isEqualTo("Sinuhe");
        assertThat(server.connections).hasValue(2);
    }
}
