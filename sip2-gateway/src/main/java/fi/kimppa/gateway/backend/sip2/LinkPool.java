package fi.kimppa.gateway.backend.sip2;

import fi.kimppa.gateway.circulation.BackendBusyException;
import fi.kimppa.gateway.circulation.TimeLeft;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Client.Settings;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links of one account: opened as they are needed, at most so many, and the one that was used last is used next, so
 * that a quiet library keeps few. May be used by several threads.
 */
final class LinkPool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkPool.class);

    private record Idle(Sip2Client client, long since) {}

    private final String name;
    private final Settings settings;
    private final Duration wait;
    private final int most;
    private final Semaphore free;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final List<Sip2Client> all = new ArrayList<>();
    private boolean closed;

    /**
     * An empty pool.
     *
     * @param name of server and account, for logs
     * @param most how many links
     * @param wait for a free one
     */
    LinkPool(String name, Settings settings, int most, Duration wait) {
        this.name = name;
        this.settings = settings;
        this.most = most;
        this.wait = wait;
        this.free = new Semaphore(most, true);
    }

    /**
     * Sends a request over a free link and returns its response.
     *
     * @throws BackendBusyException if no link became free in time; nothing was sent
     * @throws Sip2Exception as {@link Sip2Client#exchange} says
     */
    Response exchange(Request request) {
        try {
            Duration longest = TimeLeft.atMost(wait);
            if (!free.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new BackendBusyException(
                        name + ": none of " + most + " links became free within " + longest.toMillis() + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendBusyException(name + ": interrupted while waiting for a link");
        }
        try {
            Sip2Client client = take();
            try {
                return client.exchange(request, TimeLeft.atMost(settings.giveUp()));
            } finally {
                give(client);
            }
        } finally {
            free.release();
        }
    }

    /** Asks every link that was idle for so long whether the server is there (99): a server closes what is silent. */
    void keepAlive(Duration after) {
        for (Sip2Client client : silent(after)) {
            try {
                client.exchange(new ScStatus("0", "000", "2.00", List.of()));
            } catch (Sip2Exception e) {
                LOG.debug("{}: a link that was kept is gone: {}", name, e.getMessage());
            } finally {
                give(client);
                free.release();
            }
        }
    }

    private synchronized List<Sip2Client> silent(Duration after) {
        List<Sip2Client> taken = new ArrayList<>();
        long now = System.nanoTime();
        idle.removeIf(link -> {
            boolean due = link.client.connected() && now - link.since > after.toNanos() && free.tryAcquire();
            if (due) {
                taken.add(link.client);
            }
            return due;
        });
        return taken;
    }

    private synchronized Sip2Client take() {
        Idle last = idle.pollFirst();
        if (last != null) {
            return last.client;
        }
        Sip2Client fresh = new Sip2Client(settings);
        if (closed) {
            fresh.close();
        }
        all.add(fresh);
        return fresh;
    }

    private synchronized void give(Sip2Client client) {
        idle.addFirst(new Idle(client, System.nanoTime()));
    }

    /** How many links are in use. */
    int inUse() {
        return most - free.availablePermits();
    }

    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(Sip2Client::close);
    }
}
