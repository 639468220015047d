package fi.kimppa.kiosk.runtime;

import fi.kimppa.device.Device;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceKind;
import fi.kimppa.device.rfid.PadTag;
import fi.kimppa.device.rfid.RfidPad;
import fi.kimppa.device.rfid.Uid;
import fi.kimppa.kiosk.session.KioskEvent;
import fi.kimppa.kiosk.session.MachineView;
import fi.kimppa.kiosk.session.MachineView.DeviceView;
import fi.kimppa.kiosk.session.StaffNews;
import fi.kimppa.kiosk.session.StaffTask;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what staff ask for at the kiosk, each task on a virtual thread of its own and each but the restart ending in an event.
 *
 * <p>Threads: any.
 */
public final class StaffDesk implements Consumer<StaffTask> {
    private static final Logger LOG = LoggerFactory.getLogger(StaffDesk.class);

    private final List<Device> devices;
    private final Optional<RfidPad> pad;
    private final Spool spool;
    private final GatewayLine gateway;
    private final Clock clock;
    private final Names names;
    private final BiConsumer<StaffTask.Play, Consumer<Boolean>> loudspeaker;
    private final Consumer<Boolean> restart;
    private final Consumer<KioskEvent> post;

    /**
     * What the kiosk is called.
     *
     * @param account as which it logs in
     * @param program version
     * @param texts version of what it says
     * @param zone of its local time
     * @param loudspeaker what can be heard of it
     * @param restarts whether the whole computer can be started anew
     */
    public record Names(
            String account,
            String program,
            String texts,
            ZoneId zone,
            MachineView.Loudspeaker loudspeaker,
            boolean restarts) {}

    /**
     * A desk.
     *
     * @param clock the kiosk's; device times are moved by its distance from the machine's
     * @param loudspeaker lets something be heard and then says whether it could; returns at once
     * @param restart ends the program with the code that asks for a new start, of the whole computer where it is told so; returns at once
     * @param post takes the events in which the tasks end; may wait
     */
    public StaffDesk(
            List<Device> devices,
            Optional<RfidPad> pad,
            Spool spool,
            GatewayLine gateway,
            Clock clock,
            Names names,
            BiConsumer<StaffTask.Play, Consumer<Boolean>> loudspeaker,
            Consumer<Boolean> restart,
            Consumer<KioskEvent> post) {
        this.devices = List.copyOf(devices);
        this.pad = pad;
        this.spool = spool;
        this.gateway = gateway;
        this.clock = clock;
        this.names = names;
        this.loudspeaker = loudspeaker;
        this.restart = restart;
        this.post = post;
    }

    @Override
    public void accept(StaffTask task) {
        switch (task) {
            case StaffTask.CheckPin check ->
                soon(
                        () -> new StaffNews.PinChecked(check.request(), StaffPins.right(check.card(), check.pin())),
                        new StaffNews.PinChecked(check.request(), false));
            case StaffTask.Look() ->
                soon(
                        () -> new StaffNews.Looked(look()),
                        new StaffNews.Looked(new MachineView(
                                List.of(),
                                0,
                                Optional.empty(),
                                0,
                                names.account(),
                                "",
                                "",
                                names.loudspeaker(),
                                names.restarts())));
            case StaffTask.ReadTag(Uid uid) ->
                soon(() -> new StaffNews.TagRead(read(uid)), new StaffNews.TagRead(Optional.empty()));
            case StaffTask.SelfTest(DeviceKind kind, var level) ->
                soon(
                        () -> new StaffNews.Tested(device(kind).map(device -> device.selfTest(level))),
                        new StaffNews.Tested(Optional.empty()));
            case StaffTask.TestLine() -> testLine();
            case StaffTask.Play play -> loudspeaker.accept(play, works -> tell(new StaffNews.Played(works)));
            case StaffTask.Restart(boolean machine) -> restart.accept(machine);
        }
    }

    private void soon(Supplier<StaffNews> work, StaffNews otherwise) {
        Thread.startVirtualThread(() -> {
            StaffNews news = otherwise;
            try {
                news = work.get();
            } catch (DeviceException e) {
                LOG.warn("{}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("something that staff asked for failed", e);
            }
            post.accept(new KioskEvent.Staff(news));
        });
    }

    private Optional<Device> device(DeviceKind kind) {
        return devices.stream().filter(device -> device.id().kind() == kind).findFirst();
    }

    private Optional<PadTag> read(Uid uid) {
        return pad.flatMap(reader -> reader.read(uid));
    }

    private MachineView look() {
        Duration offset = Duration.between(Instant.now(), clock.instant());
        List<Spool.Entry> waiting = spool.waiting();
        return new MachineView(
                devices.stream().map(device -> view(device, offset)).toList(),
                waiting.size(),
                waiting.stream().findFirst().flatMap(entry -> entry.at().instant(names.zone())),
                spool.refused().size(),
                names.account(),
                names.program(),
                names.texts(),
                names.loudspeaker(),
                names.restarts());
    }

    private static DeviceView view(Device device, Duration offset) {
        var status = device.status();
        return new DeviceView(
                device.id().kind(),
                status,
                status.since().plus(offset),
                device.identity().toString(),
                device.lastFailure());
    }

    private void testLine() {
        long sent = System.nanoTime();
        gateway.send(new ScStatus("0", "000", "2.00", List.of()), new GatewayLine.Outcome() {
            @Override
            public void answered(Response response) {
                Duration took = Duration.ofNanos(System.nanoTime() - sent);
                tell(
                        response instanceof AcsStatus status
                                ? new StaffNews.LineTested(
                                        Optional.of(took),
                                        status.institutionId(),
                                        status.libraryName().orElse(""))
                                : new StaffNews.LineTested(Optional.empty(), "", ""));
            }

            @Override
            public void unanswered(boolean neverSent) {
                tell(new StaffNews.LineTested(Optional.empty(), "", ""));
            }

            @Override
            public void late(Response response) {
                LOG.debug("a 99 of staff was answered late");
            }

            @Override
            public void over() {
                LOG.trace("a 99 of staff is over");
            }
        });
    }

    private void tell(StaffNews news) {
        post.accept(new KioskEvent.Staff(news));
    }
}
