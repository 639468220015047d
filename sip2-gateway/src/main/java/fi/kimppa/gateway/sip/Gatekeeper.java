package fi.kimppa.gateway.sip;

import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.consortium.Terminals;
import fi.kimppa.gateway.limits.LoginTries;
import fi.kimppa.gateway.limits.UnknownLogins;
import fi.kimppa.gateway.sip.TerminalProfile.SecondConnection;
import fi.kimppa.sip2.message.Login;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Who may log in, how soon it hears so, and on how many connections. May be used by several threads. */
@Component
class Gatekeeper {
    private static final Logger log = LoggerFactory.getLogger(Gatekeeper.class);

    private final Sip2Limits limits;
    private final Terminals terminals;
    private final LoginTries tries;
    private final UnknownLogins unknown;
    private final ConnectedTerminals connected;
    private final AddressCeiling addresses;
    private final OncePerMinute turnedAway = new OncePerMinute();

    Gatekeeper(
            Sip2Limits limits,
            Terminals terminals,
            LoginTries tries,
            UnknownLogins unknown,
            ConnectedTerminals connected) {
        this.limits = limits;
        this.terminals = terminals;
        this.tries = tries;
        this.unknown = unknown;
        this.connected = connected;
        this.addresses = new AddressCeiling(limits.connectionsPerAddress());
    }

    Sip2Limits limits() {
        return limits;
    }

    /** Counts a connection from this address, unless there are as many as there may be; it is told once a minute. */
    boolean enter(InetAddress address) {
        if (addresses.enter(address)) {
            return true;
        }
        long times = turnedAway.count();
        if (times > 0) {
            log.warn(
                    "{} has {} connections open, the ceiling of one address; {} were turned away, from whatever address",
                    address.getHostAddress(),
                    limits.connectionsPerAddress(),
                    times);
        }
        return false;
    }

    /** A connection that was counted has ended. */
    void exit(InetAddress address) {
        addresses.leave(address);
    }

    /**
     * The terminal that this login is, if login and password are right. Returns after the wait that failures before it
     * have earned, right or wrong, so that who hangs up early has learned nothing.
     *
     * @param address of the machine itself
     */
    Optional<Terminal> authenticate(Login login, InetAddress address) {
        String name = login.loginUserId();
        Optional<Terminal> found = terminals.authenticate(name, login.loginPassword());
        boolean known = found.isPresent() || terminals.knows(name);
        Duration wait = tries.waitOf(address, name, known);
        if (found.isEmpty()) {
            tries.failed(address, name, known);
            unknown.refused(address, name, known);
        } else if (wait.isPositive()) {
            tries.succeeded(address, name);
        }
        pause(wait);
        return found;
    }

    /**
     * A place for a terminal that has logged in; empty when it has too many connections already.
     *
     * @param second what it means that it has one
     * @param close ends this connection when another one replaces it
     */
    OptionalLong place(Terminal terminal, InetAddress address, SecondConnection second, Runnable close) {
        return connected.arrived(terminal, address.getHostAddress(), second, limits.connectionsPerLogin(), close);
    }

    /** The place is free again. */
    void left(long place) {
        connected.left(place);
    }

    private static void pause(Duration wait) {
        if (wait.isPositive()) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
