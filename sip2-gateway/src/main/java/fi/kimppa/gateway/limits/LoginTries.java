package fi.kimppa.gateway.limits;

import fi.kimppa.gateway.limits.TryCounts.Count;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * How long a log-in waits for its answer because of failures before it: long where this login has failed at this
 * address, little for everybody else at the address, and hardly for the login at other addresses, so that nobody can
 * keep a machine out by failing in its name. Nobody is locked out. Right and wrong logins wait alike. Counted in the
 * database, so that all gateways count together. May be used by several threads.
 */
@Component
public class LoginTries {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final TryCounts counts;
    private final LoginSettings settings;
    private final Clock clock;

    LoginTries(TryCounts counts, LoginSettings settings, Clock clock) {
        this.counts = counts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * How long this log-in has to wait for its answer.
     *
     * @param address of the machine itself, not of a balancer in between
     * @param login as it was said
     * @param known whether there is such a login; those that do not exist are counted together
     */
    public Duration waitOf(InetAddress address, String login, boolean known) {
        Subjects subjects = Subjects.of(address, login, known);
        Map<String, Count> failures = counts.of(subjects.all(), settings.quiet());
        if (failures.isEmpty()) {
            return Duration.ZERO;
        }
        Duration here = wait(failures, subjects.here(), 0, settings.mostWait());
        Duration atAddress = wait(failures, subjects.address(), settings.addressFree(), settings.mostAddressWait());
        Duration byName = subjects.name()
                .map(name -> wait(failures, name, settings.nameFree(), settings.mostNameWait()))
                .orElse(Duration.ZERO);
        return longer(here, longer(atAddress, byName));
    }

    /** A log-in has failed. */
    public void failed(InetAddress address, String login, boolean known) {
        Subjects.of(address, login, known).all().forEach(subject -> counts.add(subject, settings.quiet()));
    }

    /** A log-in has succeeded: its failures at this address are forgotten. */
    public void succeeded(InetAddress address, String login) {
        counts.forget(Subjects.of(address, login, true).here());
    }

    private Duration wait(Map<String, Count> failures, String subject, int free, Duration most) {
        Count count = failures.get(subject);
        if (count == null || count.tries() <= free) {
            return Duration.ZERO;
        }
        Instant end = count.lastAt().plus(delay(count.tries() - free, settings.firstWait(), most));
        return longer(Duration.ZERO, Duration.between(clock.instant(), end));
    }

    /** The first wait, doubled with each failure after the first, up to the longest. */
    static Duration delay(int failures, Duration first, Duration most) {
        Duration delay = first;
        for (int i = 1; i < failures && delay.compareTo(most) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(most) < 0 ? delay : most;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Whom a failure is counted for.
     *
     * @param here this login at this address
     * @param address everybody at this address
     * @param name this login anywhere, if there is such a login
     */
    private record Subjects(String here, String address, Optional<String> name) {
        static Subjects of(InetAddress address, String login, boolean known) {
            String from = network(address);
            return known
                    ? new Subjects(
                            "login:" + from + ":" + login, "login-address:" + from, Optional.of("login-name:" + login))
                    : new Subjects("login-unknown:" + from, "login-address:" + from, Optional.empty());
        }

        List<String> all() {
            return Stream.concat(Stream.of(here, address), name.stream()).toList();
        }
    }

    /** Who has one IPv6 address has a whole network of them. */
    private static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES)) + "/64"
                : address.getHostAddress();
    }
}
