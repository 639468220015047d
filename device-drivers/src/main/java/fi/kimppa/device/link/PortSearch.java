package fi.kimppa.device.link;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceAddress.Link;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Opens one of several links in turn until the device has been found on one, which is then tried first. The serial port of an address
 * may be a pattern ({@code /dev/ttyUSB*}, {@code /dev/serial/by-id/*FTDI*}), so that a device keeps its role whatever port it has
 * got; and its {@code baud} may be {@code auto}. For one line.
 *
 * <p>The driver says whether it is the right device: it greets what was opened, and refuses another reader than the one that the
 * address names. When it was found nowhere, what is told names every place and setting that was tried, and what came of it.
 */
public final class PortSearch implements LinkOpener {
    /** How long a port that has just been closed may need until it can be opened with another setting. */
    private static final Duration COMES_BACK = Duration.ofMillis(300);

    private static final Duration LOOK = Duration.ofMillis(10);

    private final DeviceAddress address;
    private final SerialLine usual;
    private List<Candidate> candidates = List.of();
    private Optional<Candidate> preferred = Optional.empty();
    private int next;
    private long begun;
    /** The port that was opened last in this round. */
    private Optional<Link> opened = Optional.empty();
    /** Why nothing was found so far in this round, and where. */
    private final Map<StatusReason, List<String>> misses = new LinkedHashMap<>();
    /** What the system does not allow is told as it is, because it says what to do. */
    private Optional<DeviceException> denied = Optional.empty();
    /** What came of the last round, which is told while the next one goes on. */
    private Optional<DeviceException> told = Optional.empty();

    /** One port with one setting of its line. */
    private record Candidate(DeviceAddress address, SerialLine line) {}

    /** A search at that address; {@code usual} settings where it names none. */
    public PortSearch(DeviceAddress address, SerialLine usual) {
        this.address = address;
        this.usual = usual;
        // A wrong setting is told at once and not when a port is found.
        SerialLine.candidates(address, usual);
    }

    @Override
    public ByteLink open() {
        if (next == 0 || next >= candidates.size()) {
            next = 0;
            candidates = candidates();
            begun = System.nanoTime();
            opened = Optional.empty();
            misses.clear();
            denied = Optional.empty();
        }
        LinkException last = new LinkException(
                address,
                Phase.OPEN,
                Duration.ZERO,
                StatusReason.UNREACHABLE,
                "no port has such a name; is the device plugged in?");
        while (next < candidates.size()) {
            Candidate candidate = candidates.get(next++);
            try {
                ByteLink link = open(candidate);
                opened = Optional.of(candidate.address().link());
                return link;
            } catch (LinkException e) {
                last = e;
                if (hasAnother()) {
                    note(e);
                }
            }
        }
        throw last;
    }

    /** A port that was there a moment ago, with another setting, is waited for: else every second setting would be passed over. */
    private ByteLink open(Candidate candidate) {
        long until = System.nanoTime()
                + (opened.equals(Optional.of(candidate.address().link())) ? COMES_BACK.toNanos() : 0);
        while (true) {
            try {
                return ByteLink.open(candidate.address(), candidate.line());
            } catch (LinkException e) {
                boolean givesUp =
                        System.nanoTime() >= until || Thread.currentThread().isInterrupted();
                if (givesUp || e.reason() != StatusReason.UNREACHABLE) {
                    opened = Optional.empty();
                    throw e;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    /** Keeps why the candidate that was tried last is not the one. */
    private void note(DeviceException failure) {
        misses.computeIfAbsent(failure.reason(), _ -> new ArrayList<>()).add(name(candidates.get(next - 1)));
        if (failure.reason() == StatusReason.ACCESS_DENIED) {
            denied = Optional.of(failure);
        }
    }

    /** What tells it from the others. */
    private String name(Candidate candidate) {
        boolean manySettings = address.setting("baud").equals(Optional.of("auto"));
        String place = candidate.address().link().toString();
        return manySettings ? place + " " + candidate.line().shorthand() : place;
    }

    @Override
    public DeviceException missed(DeviceException failure) {
        if (candidates.size() < 2) {
            return failure;
        }
        note(failure);
        if (!hasAnother()) {
            told = Optional.of(denied.orElseGet(() -> foundNowhere(failure.reason())));
        }
        return told.orElse(failure);
    }

    private DeviceException foundNowhere(StatusReason lastReason) {
        String tried = misses.entrySet().stream()
                .map(miss -> miss.getKey() + " " + String.join(", ", miss.getValue()))
                .collect(Collectors.joining("; "));
        return new LinkException(
                address,
                Phase.OPEN,
                Duration.ofNanos(System.nanoTime() - begun),
                lastReason,
                "found nowhere: " + tried);
    }

    @Override
    public boolean hasAnother() {
        return next < candidates.size();
    }

    @Override
    public void found() {
        preferred = Optional.of(candidates.get(next - 1));
        told = Optional.empty();
        // The ports are looked up anew when this link is lost.
        next = candidates.size();
    }

    private List<Candidate> candidates() {
        List<Candidate> found = new ArrayList<>();
        for (DeviceAddress place : places()) {
            for (SerialLine line : SerialLine.candidates(address, usual)) {
                found.add(new Candidate(line.in(place), line));
            }
        }
        preferred.filter(found::remove).ifPresent(found::addFirst);
        return List.copyOf(found);
    }

    private List<DeviceAddress> places() {
        if (!(address.link() instanceof Link.Serial(String port)) || !port.contains("*")) {
            return List.of(address);
        }
        Path pattern = Path.of(port);
        Path folder = pattern.getParent();
        Path name = pattern.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, name.toString())) {
            List<DeviceAddress> found = new ArrayList<>();
            for (Path path : paths) {
                found.add(new DeviceAddress(address.driver(), new Link.Serial(path.toString()), address.settings()));
            }
            found.sort(Comparator.comparing(DeviceAddress::toString));
            return found;
        } catch (IOException e) {
            throw new LinkException(address, Phase.OPEN, Duration.ZERO, StatusReason.UNREACHABLE, e);
        }
    }
}
