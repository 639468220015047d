package fi.kimppa.gateway.backend.sip2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.SipServerStub;
import fi.kimppa.gateway.SipServerStub.Reply;
import fi.kimppa.gateway.circulation.BackendSilentException;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemList;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.Secret;
import fi.kimppa.sip2.wire.WireProfile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers say and do not say that a well-behaved one, such as that of the contract, never would (backends.md section 4). */
class Sip2TrapsTest {
    private static final String IN = "09N20261124    19300020261124    193000APTURKU|AOTURKU|AB3000000011|AC|";
    private static final String LOANS = "6300120261124    193000  Y       AOTURKU|AA2000012345|AC|AD1234|";
    private static final String ITEM = "1720261124    193000AOTURKU|AB3000000011|";
    private static final String OUT = "11NN20261124    19300020261124    193000AOTURKU|AA2000012345|AB3000000011|AC|";
    private static final String HOLD = "15+20261124    193000AOTURKU|AA2000012345|AB3000000011|";

    private final SipServerStub server = new SipServerStub();
    private final Sip2Backend backend = backend(Preset.KOHA, UTF_8, true);

    private Sip2Backend backend(Preset preset, Charset letters, boolean checksums) {
        return new Sip2Backend(
                "upstream",
                new ServerSettings(
                        server.address(),
                        preset,
                        1,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(700),
                        Duration.ofMinutes(1),
                        true,
                        letters,
                        checksums,
                        Map.of(
                                "TURKU", new Account("kimppa-turku", Secret.of("s"), null, "TKU"),
                                "LIETO", new Account("kimppa-lieto", Secret.of("s"), null, "LIE"))),
                Clock.systemUTC());
    }

    Sip2TrapsTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        backend.destroy();
        server.close();
    }

    private static <R extends Request> R ask(Class<R> type, String line) {
        Decoded decoded = new FrameCodec(WireProfile.DEFAULT).decode(line.getBytes(StandardCharsets.UTF_8));
        return type.cast(Request.from(((Decoded.Complete) decoded).frame()));
    }

    private CheckinResponse bringBack(String rest) {
        server.on("09", "101YN" + rest);
        return backend.checkin(ask(Checkin.class, IN), BackHalf.TURKU);
    }

    /** 05 and above are no longer the standard's; 53 and 98 are Koha's own. */
    @ParameterizedTest
    @CsvSource({
        "01, HOLD_HERE",
        "02, HOLD_ELSEWHERE",
        "03, HOLD_ILL",
        "04, SEND_ELSEWHERE",
        "05, OTHER",
        "53, OTHER",
        "98, OTHER",
        "99, OTHER"
    })
    void passesEveryAlertTypeAndHandsWhatNobodyKnowsToStaff(String code, AlertType type) {
        for (String flag : List.of("Y", "N")) {
            assertThat(bringBack(flag + "20261124    193000AOTKU|AB3000000011|AQTKU|CV" + code + "|")
                            .alertType())
                    .as("alert flag %s", flag)
                    .contains(type);
        }
    }

    @Test
    void passesATransferThatIsToldByTheHomeOfTheThingAlone() {
        CheckinResponse back = bringBack("N20261124    193000AOTKU|AB3000000011|AQLIE|");
        assertThat(back.permanentLocation()).isEqualTo("LIETO");
        assertThat(back.alertType()).isEmpty();
        assertThat(back.destinationLocation()).isEmpty();
    }

    /** Koha would count the days until then as late (backends.md section 4). */
    @Test
    void tellsNoServerThatAThingComesBackInTheFuture() {
        server.on("09", "101YNN20261124    193000AOTKU|AB3000000011|AQTKU|");
        backend.checkin(ask(Checkin.class, IN.replace("09N", "09Y").replace("20261124", "20991124")), BackHalf.TURKU);
        backend.checkin(ask(Checkin.class, IN.replace("09N", "09Y").replace("20261124", "20201124")), BackHalf.TURKU);
        assertThat(server.heard("09").getFirst())
                .startsWith("09Y20991124    193000")
                .doesNotContain("19300020991124");
        assertThat(server.heard("09").getLast()).startsWith("09Y20201124    19300020201124    193000");
    }

    /** evergreen : OpenILS/Application/SIP2/Patron.pm: ten without BP and BQ, and with them the last is left out. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 12, 25, 120})
    void readsAListToItsEndThoughTheServerTellsTenAtOnce(int count) {
        List<String> loans = loans(count);
        server.on("63", new Reply.Worked(request -> {
            PatronInformation asked = (PatronInformation) request;
            int from = asked.startItem().map(Integer::parseInt).orElse(1);
            int to = asked.endItem().map(Integer::parseInt).orElse(11);
            return listing(count, loans.subList(Math.min(from - 1, count), Math.min(to - 1, count)));
        }));

        PatronInformationResponse told = backend.patronInformation(ask(PatronInformation.class, LOANS), BackHalf.TURKU);

        assertThat(told.items().getOrDefault(ItemList.CHARGED, List.of())).isEqualTo(loans);
        assertThat(server.heard("63")).hasSize(count > 10 ? 2 : 1);
    }

    /** All of them are in its list of holds, and some versions list those that are not ready in AS too. */
    @ParameterizedTest
    @CsvSource({"25, 0, AS", "25, 2, AS", "25, 2, CD", "25, 25, CD", "3, 1, CD"})
    void tellsOfAllHoldsThoseThatAreReadyWhereTheServerListsAll(int all, int ready, String field) {
        List<String> holds = loans(all);
        List<String> waiting = holds.subList(0, all - ready);
        server.on("63", new Reply.Worked(request -> {
            PatronInformation asked = (PatronInformation) request;
            boolean everything = asked.wantedList().equals(Optional.of(ItemList.HOLD));
            List<String> listed = everything ? holds : waiting;
            int from = asked.startItem().map(Integer::parseInt).orElse(1);
            int to = asked.endItem().map(Integer::parseInt).orElse(11);
            return String.format(
                            Locale.ROOT,
                            "64              00120261124    193000%04d0000000000000000%04dAOTKU|AA2000012345|AEAino|BLY|CQY|",
                            all,
                            all - ready)
                    + listed.subList(from - 1, Math.min(to - 1, listed.size())).stream()
                            .map(hold -> (everything ? "AS" : field) + hold + "|")
                            .collect(Collectors.joining());
        }));
        with(Preset.EVERGREEN, evergreen -> {
            PatronInformationResponse told = evergreen.patronInformation(
                    ask(PatronInformation.class, LOANS.replace("  Y       ", "Y         ")), BackHalf.TURKU);
            assertThat(told.counts()).containsEntry(ItemList.HOLD, ready);
            assertThat(told.items().getOrDefault(ItemList.HOLD, List.of())).isEqualTo(holds.subList(all - ready, all));
            PatronInformationResponse rest = evergreen.patronInformation(
                    ask(PatronInformation.class, LOANS.replace("  Y       ", "     Y    ")), BackHalf.TURKU);
            assertThat(rest.items().getOrDefault(ItemList.UNAVAILABLE_HOLDS, List.of()))
                    .isEqualTo(waiting);
            assertThat(rest.items().getOrDefault(ItemList.HOLD, List.of())).isEmpty();
        });
    }

    /** evergreen : SIP2.pm reads what Patron.pm does not set: none of those that are not ready is listed. */
    @ParameterizedTest
    @CsvSource({"3, 0", "3, 1"})
    void tellsNoHoldAsReadyOfWhichNobodyCanTell(int all, int ready) {
        server.on("63", new Reply.Worked(request -> {
            boolean everything = ((PatronInformation) request).wantedList().equals(Optional.of(ItemList.HOLD));
            return String.format(
                            Locale.ROOT,
                            "64              00120261124    193000%04d0000000000000000%04dAOTKU|AA2000012345|AEAino|BLY|CQY|",
                            all,
                            all - ready)
                    + (everything
                            ? loans(all).stream().map(hold -> "AS" + hold + "|").collect(Collectors.joining())
                            : "");
        }));
        with(Preset.EVERGREEN, evergreen -> {
            PatronInformationResponse told = evergreen.patronInformation(
                    ask(PatronInformation.class, LOANS.replace("  Y       ", "Y         ")), BackHalf.TURKU);
            assertThat(told.counts()).containsEntry(ItemList.HOLD, ready);
            assertThat(told.items().getOrDefault(ItemList.HOLD, List.of())).isEmpty();
            PatronInformationResponse rest = evergreen.patronInformation(
                    ask(PatronInformation.class, LOANS.replace("  Y       ", "     Y    ")), BackHalf.TURKU);
            assertThat(rest.items().get(ItemList.UNAVAILABLE_HOLDS)).isEqualTo(loans(all));
        });
    }

    @Test
    void looksUpNoRefusalOfAServerThatGoesByTheStandard() {
        server.on("11", "120NUN20261124    193000AOTKU|AA2000012345|AB3000000011|AJMuumipappa|AH|");
        with(
                Preset.STANDARD,
                other -> assertThat(other.checkout(ask(Checkout.class, OUT), BackHalf.TURKU)
                                .ok())
                        .isFalse());
        assertThat(server.heard("63")).isEmpty();
        assertThat(server.heard("17")).isEmpty();
    }

    /** Evergreen lists all the same; each question is a try at the server. */
    @Test
    void triesAWrongPinOnce() {
        server.on("63", listing(12, loans(10)).replace("CQY", "CQN"));
        backend.patronInformation(ask(PatronInformation.class, LOANS), BackHalf.TURKU);
        assertThat(server.heard("63")).hasSize(1);
    }

    @Test
    void asksNoServerForEverThatHeedsNoRange() {
        server.on("63", listing(12, loans(10)));
        PatronInformationResponse told = backend.patronInformation(ask(PatronInformation.class, LOANS), BackHalf.TURKU);
        assertThat(told.items().get(ItemList.CHARGED)).hasSize(10);
        assertThat(server.heard("63")).hasSize(2);
    }

    /** A machine that asks for a part gets what the server makes of that. */
    @Test
    void asksForNoMoreThanTheRangeThatAMachineNames() {
        server.on("63", listing(12, loans(3)));
        PatronInformationResponse told =
                backend.patronInformation(ask(PatronInformation.class, LOANS + "BP1|BQ3|"), BackHalf.TURKU);
        assertThat(told.items().get(ItemList.CHARGED)).hasSize(3);
        assertThat(server.heard("63")).hasSize(1);
    }

    private static List<String> loans(int count) {
        return IntStream.range(0, count).mapToObj(n -> "30000" + (10_000 + n)).toList();
    }

    private static String listing(int count, List<String> loans) {
        return String.format(
                        Locale.ROOT,
                        "64              00120261124    19300000000000%04d000000000000AOTKU|AA2000012345|AEAino|BLY|CQY|",
                        count)
                + loans.stream().map(loan -> "AU" + loan + "|").collect(Collectors.joining());
    }

    /** edge-sip2 : ItemRepository.java. */
    @ParameterizedTest
    @CsvSource({
        "1801000120261124    193000AB3000000011|AJUnknown|AQ|, ''",
        "1803000120261124    193000AB3000000011|AJUnknown|AQTKU|, Unknown",
        "1804000120261124    193000AH20261222    235959|AB3000000011|AJUnknown|, Unknown",
        "1801000120261124    193000AB3000000011|AJUnknown pleasures|, Unknown pleasures"
    })
    void takesNoTitleForOneThatSaysThatItIsUnknown(String answer, String title) {
        server.on("17", answer);
        assertThat(backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU)
                        .titleIdentifier())
                .isEqualTo(title);
    }

    /** edge-sip2 calls so what is set aside on its shelf; only what is lent is due. */
    @ParameterizedTest
    @CsvSource({"AH20261222    235959|, true", "AH|, false", "'', false"})
    void takesWhatIsRecalledForALoanOnlyIfItIsDue(String due, boolean lent) {
        server.on("17", "1807000120261124    193000" + due + "AB3000000011|AJMuumipappa|");
        assertThat(backend.itemInformation(ask(ItemInformation.class, ITEM), BackHalf.TURKU)
                        .onLoan())
                .isEqualTo(lent);
    }

    /** SIPServer calls checkin_no_block, which OpenILS/SIP.pm does not have, and hangs up. */
    @ParameterizedTest
    @CsvSource({"EVERGREEN, N", "KOHA, Y", "STANDARD, Y"})
    void tellsEvergreenOfNothingThatItHasHappenedAlready(Preset preset, String noBlock) {
        server.on("09", "101YNN20261124    193000AOTKU|AB3000000011|AQTKU|");
        with(preset, other -> other.checkin(ask(Checkin.class, IN.replace("09N", "09Y")), BackHalf.TURKU));
        assertThat(server.heard("09").getFirst()).startsWith("09" + noBlock + "20261124    193000");
    }

    /** Evergreen : SIP2.pm and SIPServer: renewal ok of a refused loan says that it is the patron's own. */
    @ParameterizedTest
    @CsvSource({"Y, 04, true", "Y, 03, false", "N, 04, false"})
    void tellsALoanThatStandsAsLentWhateverIsSaidOfRenewingIt(String renewalOk, String status, boolean lent) {
        server.on("11", "120" + renewalOk + "UN20261124    193000AOTKU|AA2000012345|AB3000000011|AJMuumipappa|AH|")
                .on("17", "18" + status + "000120261124    193000AH20261222    235959|AB3000000011|AJMuumipappa|")
                .on("63", listing(1, loans(1)));
        with(
                Preset.EVERGREEN,
                other -> assertThat(other.checkout(ask(Checkout.class, OUT), BackHalf.TURKU)
                                .ok())
                        .isEqualTo(lent));
    }

    @Test
    void readsAndWritesInTheServersLetters() {
        server.letters = ISO_8859_1;
        server.on("17", "1803000120261124    193000ABÄ-1|AJÄiti ja äijä|");
        Sip2Backend other = backend(Preset.STANDARD, ISO_8859_1, false);
        try {
            assertThat(other.itemInformation(
                                    ask(ItemInformation.class, ITEM.replace("3000000011", "Ä-1")), BackHalf.TURKU)
                            .titleIdentifier())
                    .isEqualTo("Äiti ja äijä");
            assertThat(server.heard("17")).last().asString().contains("|ABÄ-1|");
        } finally {
            other.destroy();
        }
    }

    private void with(Preset preset, Consumer<Sip2Backend> work) {
        Sip2Backend other = backend(preset, UTF_8, true);
        try {
            work.accept(other);
        } finally {
            other.destroy();
        }
    }

    @Test
    void asksOnceForAHoldThatIsNeverAnsweredOrDropsTheLine() {
        for (Reply reply : List.of(new Reply.Silence(), new Reply.HangUp())) {
            server.heard.clear();
            server.on("15", reply).on("97", reply);
            assertThatThrownBy(() -> backend.hold(ask(Hold.class, HOLD), BackHalf.TURKU))
                    .isInstanceOfSatisfying(
                            BackendSilentException.class,
                            e -> assertThat(e.outcomeKnown()).as("%s", reply).isFalse());
            assertThat(server.heard("15")).as("%s", reply).hasSize(1);
        }
    }
}
