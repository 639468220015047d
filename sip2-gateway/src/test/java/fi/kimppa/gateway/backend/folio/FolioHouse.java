package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.Asking;
import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.MovableClock;
import fi.kimppa.gateway.backend.folio.FolioSettings.ClaimedReturned;
import fi.kimppa.gateway.backend.folio.FolioSettings.Holds;
import fi.kimppa.gateway.backend.folio.FolioSettings.Level;
import fi.kimppa.gateway.backend.folio.FolioSettings.Payments;
import fi.kimppa.gateway.backend.folio.FolioSettings.PinCheck;
import fi.kimppa.gateway.backend.http.HttpSettings;
import fi.kimppa.gateway.circulation.TestSessions;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.wire.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.util.unit.DataSize;

/** A tenant with a few people and books, and a backend before it; the terminal stands in Turku. */
final class FolioHouse implements AutoCloseable {
    static final String AINO = "2000012345";
    static final String EERO = "2000054321";
    static final String PIN = "1234";
    static final String SINUHE = "3000000011";
    static final String MUUMI = "3000000028";
    static final String OUT = "POST /circulation/check-out-by-barcode";
    static final String IN = "POST /circulation/check-in-by-barcode";
    static final String NOW = "20261124    193000";

    final MovableClock clock = new MovableClock();
    final FolioStub stub;
    private final List<FolioBackend> open = new ArrayList<>();

    FolioHouse() {
        try {
            stub = new FolioStub(clock);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        stub.state.servicePoint("tku", "Turku main library");
        stub.state.servicePoint("lie", "Lieto library");
        stub.state.servicePoint("far", "Somewhere else");
        stub.state.user(AINO, "Aino", "Laine", PIN);
        stub.state.user(EERO, "Eero", "Niemi", "9876");
        stub.state.item(SINUHE, "Sinuhe", "tku");
        stub.state.item(MUUMI, "Muumipappa", "lie");
    }

    /** What a test may want otherwise. */
    record Wish(PinCheck pin, ClaimedReturned claimed, Holds holds, boolean blocks, Duration answer) {
        static final Wish USUAL = new Wish(
                PinCheck.PIN,
                ClaimedReturned.STAFF,
                new Holds(Level.TITLE, false, UUID.fromString(FolioState.id("reason"))),
                true,
                Duration.ofSeconds(5));

        Wish pin(PinCheck other) {
            return new Wish(other, claimed, holds, blocks, answer);
        }

        Wish claimed(ClaimedReturned other) {
            return new Wish(pin, other, holds, blocks, answer);
        }

        Wish holds(Holds other) {
            return new Wish(pin, claimed, other, blocks, answer);
        }

        Wish blocks(boolean other) {
            return new Wish(pin, claimed, holds, other, answer);
        }

        Wish answer(Duration other) {
            return new Wish(pin, claimed, holds, blocks, other);
        }
    }

    FolioBackend backend() {
        return backend(Wish.USUAL);
    }

    FolioBackend backend(Wish wish) {
        FolioSettings settings = new FolioSettings(
                new HttpSettings(stub.url(), Duration.ofSeconds(2), Duration.ofSeconds(2), 8, DataSize.ofMegabytes(4)),
                FolioStub.TENANT,
                FolioStub.USER,
                Secret.of(FolioStub.PASSWORD),
                wish.answer,
                Duration.ofSeconds(90),
                Map.of("TURKU", "tku", "LIETO", FolioState.id("lie"), "AURA", "nowhere"),
                wish.pin,
                wish.claimed,
                Map.of("book", "001"),
                wish.holds,
                new Payments("Credit card", false, "EUR"),
                wish.blocks);
        FolioBackend backend = new FolioBackend("folio", settings, TestSessions.at(clock), clock);
        open.add(backend);
        return backend;
    }

    // ---- what a machine says -----------------------------------------------------------------------------

    static Checkout out(String card, String item) {
        return (Checkout) Asking.request("11NN" + NOW + " ".repeat(18) + "AOTURKU|AA" + card + "|AB" + item + "|AC|");
    }

    static Checkin in(String item) {
        return in(item, "N", NOW, "TURKU");
    }

    static Checkin in(String item, String noBlock, String returned, String place) {
        return (Checkin) Asking.request("09" + noBlock + NOW + returned + "AP" + place + "|AOTURKU|AB" + item + "|AC|");
    }

    static PatronInformation who(String card, String pin, String summary) {
        return (PatronInformation) Asking.request(
                "63001" + NOW + summary + "AOTURKU|AA" + card + "|AC|" + (pin.isEmpty() ? "" : "AD" + pin + "|"));
    }

    static CheckoutResponse lend(FolioBackend backend, String card, String item) {
        return backend.checkout(out(card, item), BackHalf.TURKU);
    }

    static CheckinResponse bringBack(FolioBackend backend, String item) {
        return backend.checkin(in(item), BackHalf.TURKU);
    }

    static PatronInformationResponse ask(FolioBackend backend, String card, String pin) {
        return backend.patronInformation(who(card, pin, " ".repeat(10)), BackHalf.TURKU);
    }

    @Override
    public void close() {
        open.forEach(FolioBackend::destroy);
        stub.close();
    }
}
