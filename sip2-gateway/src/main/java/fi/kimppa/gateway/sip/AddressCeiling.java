package fi.kimppa.gateway.sip;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections are open from each address, and no more than the ceiling. May be used by several threads. */
final class AddressCeiling {
    private final int ceiling;
    private final Map<InetAddress, Integer> open = new ConcurrentHashMap<>();

    AddressCeiling(int ceiling) {
        this.ceiling = ceiling;
    }

    /** Counts a connection, unless there are as many as there may be; loopback may have any number. */
    boolean enter(InetAddress address) {
        boolean room = open.merge(address, 1, Integer::sum) <= ceiling || address.isLoopbackAddress();
        if (!room) {
            leave(address);
        }
        return room;
    }

    /** A connection that was counted has ended. */
    void leave(InetAddress address) {
        open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
}
