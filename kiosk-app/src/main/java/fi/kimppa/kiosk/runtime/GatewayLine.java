package fi.kimppa.kiosk.runtime;

import fi.kimppa.kiosk.session.Surroundings.Line;
import fi.kimppa.sip2.Sip2Client;
import fi.kimppa.sip2.Sip2Exception;
import fi.kimppa.sip2.message.AcsStatus;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.message.Response;
import fi.kimppa.sip2.message.ScStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kiosk's live line to the gateway: requests in their order, a 99 when it is quiet, and whether anybody answers. A request
 * ends within the time that the kiosk waits, whatever the line does.
 *
 * <p>Threads: any may send; answers come on threads of the line.
 */
public final class GatewayLine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLine.class);
    /** How often a lost line is tried; the client makes its own pauses longer. */
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Sip2Client client;
    private final Duration heartbeat;
    private final Duration giveUp;
    private final Consumer<Line> onLine;
    private final Consumer<AcsStatus> onStatus;
    private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicReference<Line> line = new AtomicReference<>(Line.CONNECTING);
    private final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("kiosk-deadlines").daemon().factory());
    private final Thread worker = Thread.ofVirtual().name("kiosk-sip2").unstarted(this::run);
    private volatile boolean closed;

    /** What becomes of a request; exactly one of the first two is called. */
    public interface Outcome {
        /** The library answered in time. */
        void answered(Response response);

        /** Nobody answered. {@code neverSent}: it is certain that the request was not carried out. */
        void unanswered(boolean neverSent);

        /** The library answered after {@link #unanswered} had been called. */
        void late(Response response);

        /** The line is done with the request and will not send it again; comes last, and always. */
        void over();
    }

    /**
     * A line that connects when it is started.
     *
     * @param heartbeat pause after which a quiet line sends a 99
     * @param giveUp how long the kiosk waits for an answer
     * @param onLine is told each change of the line
     * @param onStatus is told each 98, on the line's thread: hand over and return
     */
    public GatewayLine(
            Sip2Client client,
            Duration heartbeat,
            Duration giveUp,
            Consumer<Line> onLine,
            Consumer<AcsStatus> onStatus) {
        this.client = client;
        this.heartbeat = heartbeat;
        this.giveUp = giveUp;
        this.onLine = onLine;
        this.onStatus = onStatus;
        // A deadline holds its request, and that a patron's card: it goes as soon as the answer is there.
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /** Begins to connect. */
    public void start() {
        worker.start();
    }

    /** How the line is now. */
    public Line line() {
        return line.get();
    }

    /** Sends a request after those that wait. */
    public void send(Request request, Outcome outcome) {
        calls.add(new Call(request, outcome));
    }

    private void run() {
        while (!closed) {
            try {
                Duration quiet = line.get() == Line.UP ? heartbeat : RETRY;
                Call call = line.get() == Line.CONNECTING
                        ? calls.poll()
                        : calls.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
                if (call == null) {
                    beat();
                } else {
                    call.run();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void beat() {
        try {
            exchange(new ScStatus("0", "000", "2.00", List.of()));
        } catch (Sip2Exception e) {
            LOG.debug("heartbeat: {}", e.getMessage());
        }
    }

    private Response exchange(Request request) {
        try {
            Response response = client.exchange(request);
            turned(response instanceof AcsStatus status && !status.onlineStatus() ? Line.DOWN : Line.UP);
            if (response instanceof AcsStatus status && !closed) {
                onStatus.accept(status);
            }
            return response;
        } catch (Sip2Exception e) {
            turned(lineAfter(e));
            throw e;
        }
    }

    private Line lineAfter(Sip2Exception e) {
        if (e instanceof Sip2Exception.LinkException link) {
            return switch (link.phase()) {
                case LOGIN -> Line.REFUSED;
                // Nothing new was learnt.
                case BACK_OFF -> line.get() == Line.UP ? Line.DOWN : line.get();
                case CONNECT, OFFLINE, SEND, RECEIVE, CLOSED -> Line.DOWN;
            };
        }
        return Line.DOWN;
    }

    private void turned(Line next) {
        Line before = line.getAndSet(next);
        if (before != next && !closed) {
            LOG.info("the line to the gateway is {}", next);
            onLine.accept(next);
        }
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        client.close();
        deadlines.shutdownNow();
    }

    /** One request on its way. */
    private final class Call {
        private enum Stage {
            WAITING,
            SENT,
            ENDED
        }

        private final Request request;
        private final Outcome outcome;
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
        private final Future<?> deadline;

        private Call(Request request, Outcome outcome) {
            this.request = request;
            this.outcome = outcome;
            this.deadline = deadlines.schedule(this::giveUp, giveUp.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void run() {
            if (!stage.compareAndSet(Stage.WAITING, Stage.SENT)) {
                return;
            }
            try {
                Response response = exchange(request);
                if (stage.getAndSet(Stage.ENDED) == Stage.SENT) {
                    outcome.answered(response);
                } else {
                    outcome.late(response);
                }
            } catch (Sip2Exception e) {
                LOG.warn("{}: {}", request.type().title(), e.getMessage());
                if (stage.getAndSet(Stage.ENDED) == Stage.SENT) {
                    outcome.unanswered(e.outcomeKnown());
                }
            } catch (RuntimeException e) {
                LOG.error("{} failed", request.type().title(), e);
                if (stage.getAndSet(Stage.ENDED) == Stage.SENT) {
                    outcome.unanswered(false);
                }
            } finally {
                deadline.cancel(false);
                outcome.over();
            }
        }

        private void giveUp() {
            Stage before = stage.getAndSet(Stage.ENDED);
            if (before != Stage.ENDED) {
                LOG.warn("{}: no answer in {} ms", request.type().title(), giveUp.toMillis());
                outcome.unanswered(before == Stage.WAITING);
                if (before == Stage.WAITING) {
                    outcome.over();
                }
            }
        }
    }
}
