package fi.kimppa.gateway.fleet;

import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.fleet.Fleet.Change;
import fi.kimppa.gateway.fleet.Fleet.Change.EventAdded;
import fi.kimppa.gateway.fleet.Fleet.Change.TerminalChanged;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * {@code GET /fleet/stream}: the changes of the fleet as server-sent events, each a piece of the page in the
 * listener's language with the number of its change as id. Without a number to begin from everything comes first; a
 * browser that reconnects sends the last id and misses nothing. A listener is one virtual thread, so that a slow one
 * delays itself alone.
 */
@Controller
class FleetStream implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(FleetStream.class);
    /** No end by time: the heartbeat finds listeners that have gone. */
    private static final long NO_TIMEOUT = 0;

    private record Listener(String session, SseEmitter emitter, Thread thread) {}

    private final Fleet fleet;
    private final FleetSignal signal;
    private final FleetTexts texts;
    private final Consortium consortium;
    private final ITemplateEngine templates;
    private final FleetSettings settings;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    FleetStream(
            Fleet fleet,
            FleetSignal signal,
            FleetTexts texts,
            Consortium consortium,
            ITemplateEngine templates,
            FleetSettings settings) {
        this.fleet = fleet;
        this.signal = signal;
        this.texts = texts;
        this.consortium = consortium;
        this.templates = templates;
        this.settings = settings;
    }

    @GetMapping(path = "/fleet/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter stream(
            @RequestParam Optional<Long> after,
            @RequestHeader("Last-Event-ID") Optional<Long> last,
            HttpSession session,
            Locale language) {
        if (!running || listeners.size() >= settings.listeners()) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "too many live pages");
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        long from = last.or(() -> after).orElse(0L);
        Thread thread = Thread.ofVirtual().name("fleet-stream").unstarted(() -> feed(emitter, from, language));
        Listener listener = new Listener(session.getId(), emitter, thread);
        listeners.add(listener);
        emitter.onCompletion(() -> {
            listeners.remove(listener);
            thread.interrupt();
        });
        emitter.onError(_ -> thread.interrupt());
        thread.start();
        return emitter;
    }

    private void feed(SseEmitter emitter, long from, Locale language) {
        try {
            emitter.send(SseEmitter.event()
                    .comment("open")
                    .reconnectTime(Duration.ofSeconds(2).toMillis()));
            long seen = from;
            while (running) {
                long signals = signal.signals();
                for (Change change : fleet.changesAfter(seen)) {
                    send(emitter, change, language);
                    seen = change.id();
                }
                if (!signal.await(signals, settings.heartbeat())) {
                    emitter.send(SseEmitter.event().comment("alive"));
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("A live page has gone: {}", e.getMessage());
        } catch (InterruptedException _) {
            log.debug("A live page has gone");
        } catch (RuntimeException e) {
            log.warn("A live page could not be fed", e);
            emitter.complete();
        }
    }

    private void send(SseEmitter emitter, Change change, Locale language) throws IOException {
        Optional<Context> piece = switch (change) {
            case TerminalChanged(TerminalState state) ->
                consortium
                        .terminal(state.terminal())
                        .map((Terminal terminal) -> new Context(
                                language, Map.of("card", texts.card(terminal, Optional.of(state), language))));
            case EventAdded(FleetEvent event) ->
                Optional.of(new Context(language, Map.of("event", texts.event(event, language))));
        };
        if (piece.isEmpty()) {
            return;
        }
        String name = change instanceof TerminalChanged ? "card" : "event";
        String html =
                templates.process("fleet/parts", Set.of(name), piece.get()).replaceAll("\\s*\\n\\s*", " ");
        emitter.send(
                SseEmitter.event().id(Long.toString(change.id())).name(name).data(html.strip(), MediaType.TEXT_PLAIN));
    }

    /** Who has signed out sees no more. */
    @EventListener
    void onSessionEnd(HttpSessionDestroyedEvent event) {
        listeners.stream()
                .filter(listener -> listener.session().equals(event.getId()))
                .forEach(listener -> listener.emitter().complete());
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        listeners.forEach(listener -> listener.emitter().complete());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
