package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.sip2.message.BlockPatron;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.EndPatronSession;
import fi.kimppa.sip2.message.EndSessionResponse;
import fi.kimppa.sip2.message.FeePaid;
import fi.kimppa.sip2.message.FeePaidResponse;
import fi.kimppa.sip2.message.Hold;
import fi.kimppa.sip2.message.HoldResponse;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.ItemStatusUpdate;
import fi.kimppa.sip2.message.ItemStatusUpdateResponse;
import fi.kimppa.sip2.message.PatronEnable;
import fi.kimppa.sip2.message.PatronEnableResponse;
import fi.kimppa.sip2.message.PatronInformation;
import fi.kimppa.sip2.message.PatronInformationResponse;
import fi.kimppa.sip2.message.PatronStatusRequest;
import fi.kimppa.sip2.message.PatronStatusResponse;
import fi.kimppa.sip2.message.Renew;
import fi.kimppa.sip2.message.RenewAll;
import fi.kimppa.sip2.message.RenewAllResponse;
import fi.kimppa.sip2.message.RenewResponse;
import fi.kimppa.sip2.wire.MessageType;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The embedded backend with a fault before or after it has done its work. */
final class FaultyBackend implements CirculationBackend {
    /** What goes wrong. */
    enum Fault {
        NONE,
        /** It cannot be reached. */
        SILENT,
        /** It hangs before it does anything. */
        HANGS_BEFORE,
        /** It does its work and hangs before it answers. */
        HANGS_AFTER
    }

    private final CirculationBackend real;
    final Set<MessageType> served;
    final AtomicInteger changes = new AtomicInteger();
    volatile Fault fault = Fault.NONE;
    volatile CountDownLatch reached = new CountDownLatch(1);
    volatile CountDownLatch released = new CountDownLatch(1);

    FaultyBackend(CirculationBackend real) {
        this.real = real;
        this.served = new HashSet<>(real.serves());
    }

    @Configuration(proxyBeanMethods = false)
    static class Wiring {
        @Bean
        FaultyBackend faulty(@Qualifier("embeddedBackend") CirculationBackend real) {
            return new FaultyBackend(real);
        }
    }

    /** It, as the gateway speaks with it. */
    static LibrarySystem system(BackHalf house) {
        return house.bean(LibrarySystems.class).named("faulty").orElseThrow();
    }

    /** Whether the gateway finds that it answers. */
    static boolean probed(BackHalf house) {
        return system(house).probe();
    }

    void breaks(Fault kind) {
        reached = new CountDownLatch(1);
        released = new CountDownLatch(1);
        fault = kind;
    }

    void release() {
        fault = Fault.NONE;
        released.countDown();
    }

    private <T> T change(Supplier<T> work) {
        speak();
        changes.incrementAndGet();
        if (fault == Fault.HANGS_BEFORE) {
            hang();
        }
        T result = work.get();
        if (fault == Fault.HANGS_AFTER) {
            hang();
        }
        return result;
    }

    private void hang() {
        CountDownLatch gate = released;
        reached.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendSilentException("faulty: interrupted", false, e);
        }
    }

    private void speak() {
        if (fault == Fault.SILENT) {
            throw new BackendSilentException("faulty: no connection", true, new IOException("refused"));
        }
    }

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public boolean online() {
        return fault != Fault.SILENT;
    }

    @Override
    public PatronStatusResponse patronStatus(PatronStatusRequest request, Terminal terminal) {
        speak();
        return real.patronStatus(request, terminal);
    }

    @Override
    public PatronInformationResponse patronInformation(PatronInformation request, Terminal terminal) {
        speak();
        return real.patronInformation(request, terminal);
    }

    @Override
    public ItemInformationResponse itemInformation(ItemInformation request, Terminal terminal) {
        speak();
        return real.itemInformation(request, terminal);
    }

    @Override
    public CheckoutResponse checkout(Checkout request, Terminal terminal) {
        return change(() -> real.checkout(request, terminal));
    }

    @Override
    public CheckinResponse checkin(Checkin request, Terminal terminal) {
        return change(() -> real.checkin(request, terminal));
    }

    @Override
    public RenewResponse renew(Renew request, Terminal terminal) {
        return change(() -> real.renew(request, terminal));
    }

    @Override
    public Set<MessageType> serves() {
        return served;
    }

    @Override
    public RenewAllResponse renewAll(RenewAll request, Terminal terminal) {
        return change(() -> real.renewAll(request, terminal));
    }

    @Override
    public HoldResponse hold(Hold request, Terminal terminal) {
        return change(() -> real.hold(request, terminal));
    }

    @Override
    public FeePaidResponse feePaid(FeePaid request, Terminal terminal) {
        return change(() -> real.feePaid(request, terminal));
    }

    @Override
    public PatronStatusResponse blockPatron(BlockPatron request, Terminal terminal) {
        return change(() -> real.blockPatron(request, terminal));
    }

    @Override
    public PatronEnableResponse patronEnable(PatronEnable request, Terminal terminal) {
        return change(() -> real.patronEnable(request, terminal));
    }

    @Override
    public ItemStatusUpdateResponse itemStatusUpdate(ItemStatusUpdate request, Terminal terminal) {
        return change(() -> real.itemStatusUpdate(request, terminal));
    }

    @Override
    public EndSessionResponse endPatronSession(EndPatronSession request, Terminal terminal) {
        return real.endPatronSession(request, terminal);
    }

    @Override
    public void forget(Terminal terminal) {
        real.forget(terminal);
    }
}
