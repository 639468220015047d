package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.DeviceException;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.printer.PrintOutcome;
import fi.kimppa.device.printer.Receipt;
import fi.kimppa.device.printer.ReceiptPrinter;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.SecurityLedger;
import fi.kimppa.device.rfid.SecurityWrite;
import fi.kimppa.kiosk.session.CatalogueTask;
import fi.kimppa.kiosk.session.DiskOrder;
import fi.kimppa.kiosk.session.Effect;
import fi.kimppa.kiosk.session.Incident;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.Language;
import fi.kimppa.kiosk.session.OffLineTask;
import fi.kimppa.kiosk.session.Printout;
import fi.kimppa.kiosk.session.StaffTask;
import fi.kimppa.sip2.message.Checkout;
import fi.kimppa.sip2.message.CheckoutResponse;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the session decided, one method per effect, each on a virtual thread of its own and each ending in an event, also when
 * it fails.
 */
public final class EffectRunner implements Consumer<Effect> {
    private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

    private final GatewayLine gateway;
    private final Optional<RfidPad> pad;
    private final Optional<ReceiptPrinter> printer;
    private final SecurityLedger ledger;
    private final Spool spool;
    private final Runnable spoolGrew;
    private final InOrder order;
    private final Consumer<OffLineTask> offLine;
    private final Consumer<Effect.Mail> mail;
    private final Consumer<CatalogueTask> catalogue;
    private final ObjIntConsumer<String> rate;
    private final Consumer<Incident> report;
    private final BiFunction<Printout, Language, Receipt> compose;
    private final Consumer<StaffTask> staff;
    private final Consumer<KioskEvent> post;

    /**
     * A runner.
     *
     * @param spoolGrew is called when a return was written to disk
     * @param offLine does what is done for loans without connection
     * @param mail hands receipts over that go by e-mail
     * @param catalogue asks the catalogue
     * @param rate passes on how many stars a thing was given
     * @param report takes what staff must know
     * @param compose puts a printout into words
     * @param staff does what staff ask for
     * @param post takes the events in which the effects end; may wait
     */
    public EffectRunner(
            GatewayLine gateway,
            Optional<RfidPad> pad,
            Optional<ReceiptPrinter> printer,
            SecurityLedger ledger,
            Spool spool,
            Runnable spoolGrew,
            Consumer<OffLineTask> offLine,
            Consumer<Effect.Mail> mail,
            Consumer<CatalogueTask> catalogue,
            ObjIntConsumer<String> rate,
            Consumer<Incident> report,
            BiFunction<Printout, Language, Receipt> compose,
            Consumer<StaffTask> staff,
            Consumer<KioskEvent> post) {
        this.gateway = gateway;
        this.pad = pad;
        this.printer = printer;
        this.ledger = ledger;
        this.spool = spool;
        this.spoolGrew = spoolGrew;
        this.order = new InOrder(spool, spoolGrew);
        this.offLine = offLine;
        this.mail = mail;
        this.catalogue = catalogue;
        this.rate = rate;
        this.report = report;
        this.compose = compose;
        this.staff = staff;
        this.post = post;
    }

    @Override
    public void accept(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.SetSecurity write -> Thread.startVirtualThread(() -> setSecurity(write));
            case Effect.Spool accepted -> Thread.startVirtualThread(() -> spool(accepted));
            case Effect.OffLine(OffLineTask task) -> offLine.accept(task);
            case Effect.Catalogue(CatalogueTask task) -> catalogue.accept(task);
            case Effect.Rate(String item, int stars) -> rate.accept(item, stars);
            case Effect.Print print -> Thread.startVirtualThread(() -> print(print));
            case Effect.Mail receipt -> mail.accept(receipt);
            case Effect.Erase(var secret) -> secret.erase();
            case Effect.Report(Incident incident) -> {
                LOG.info("{} {}", incident.kind(), incident.detail());
                report.accept(incident);
            }
            case Effect.Staff(StaffTask task) -> staff.accept(task);
        }
    }

    private void send(Effect.Send send) {
        Request message = OwnPin.of(send.message());
        Optional<String> thing = DiskOrder.thing(message);
        if (thing.isEmpty()) {
            send(send, message);
            return;
        }
        Thread.startVirtualThread(() -> {
            Optional<CheckoutResponse> standing = order.standing(message);
            if (standing.isPresent()) {
                OwnPin.erase(message);
                post.accept(new KioskEvent.Answered(send.request(), standing.get()));
            } else if (order.mayFollow(thing.get())) {
                send(send, message);
            } else {
                OwnPin.erase(message);
                post.accept(new KioskEvent.Unanswered(send.request(), true));
            }
        });
    }

    private void send(Effect.Send send, Request message) {
        gateway.send(message, new GatewayLine.Outcome() {
            @Override
            public void answered(Response response) {
                post.accept(new KioskEvent.Answered(send.request(), response));
            }

            @Override
            public void unanswered(boolean neverSent) {
                post.accept(new KioskEvent.Unanswered(send.request(), neverSent));
            }

            @Override
            public void late(Response response) {
                if (send.message() instanceof Checkout checkout) {
                    report.accept(new Incident(Incident.Kind.CHECKOUT_ANSWERED_LATE, checkout.itemIdentifier()));
                }
            }

            @Override
            public void over() {
                OwnPin.erase(message);
            }
        });
    }

    private void setSecurity(Effect.SetSecurity write) {
        Optional<SecurityWrite> outcome = Optional.empty();
        try {
            outcome = pad.map(reader -> written(reader, write));
        } catch (DeviceException e) {
            LOG.warn("row {}: {}", write.row(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("row {}: security not written", write.row(), e);
        }
        post.accept(new KioskEvent.SecurityWritten(write.row(), write.uid(), outcome));
    }

    /** The ledger knows before the tag does, so that a power cut in between is made good when the tag is seen again. */
    private SecurityWrite written(RfidPad reader, Effect.SetSecurity write) {
        String operation = UUID.randomUUID().toString();
        ledger.owe(operation, write.uid(), write.identifier(), write.target());
        SecurityWrite outcome = reader.setSecurity(write.uid(), write.identifier(), write.target());
        if (outcome instanceof SecurityWrite.Verified) {
            ledger.settle(operation, write.uid());
        } else {
            ledger.attempted(operation, write.uid());
        }
        return outcome;
    }

    private void spool(Effect.Spool accepted) {
        boolean written = false;
        try {
            spool.add(accepted.checkin());
            written = true;
        } catch (RuntimeException e) {
            LOG.error("a return is not on disk", e);
        }
        post.accept(new KioskEvent.Spooled(accepted.request(), written));
        if (written) {
            spoolGrew.run();
        }
    }

    private void print(Effect.Print print) {
        PrintOutcome outcome = new PrintOutcome.NotPrinted(StatusReason.DEVICE_ERROR);
        try {
            Receipt receipt = compose.apply(print.printout(), print.language());
            outcome = printer.map(device -> device.print(receipt))
                    .orElse(new PrintOutcome.NotPrinted(StatusReason.UNREACHABLE));
        } catch (RuntimeException e) {
            LOG.error("a {} was not printed", print.printout().getClass().getSimpleName(), e);
        }
        if (!(outcome instanceof PrintOutcome.Printed)) {
            report.accept(new Incident(
                    Incident.Kind.NOT_PRINTED, print.printout().getClass().getSimpleName()));
        }
        post.accept(new KioskEvent.Printed(print.printout(), outcome));
    }
}
