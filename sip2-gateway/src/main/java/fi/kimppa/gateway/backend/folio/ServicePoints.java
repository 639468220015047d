package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.gateway.consortium.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Which service point a branch is, and the other way round. The tenant's service points are read once, and anew where
 * one that is configured is missing, but not more often than once a minute. May be used by several threads.
 */
final class ServicePoints {
    private static final Logger LOG = LoggerFactory.getLogger(ServicePoints.class);
    private static final Duration LOOKED = Duration.ofMinutes(1);
    /** More than any tenant has. */
    private static final String MOST = "2000";

    private final String name;
    private final Map<String, String> configured;
    private final Clock clock;
    private volatile Seen seen = new Seen(Map.of(), Instant.MIN);

    ServicePoints(String name, FolioSettings settings, Clock clock) {
        this.name = name;
        this.configured = settings.servicePoints();
        this.clock = clock;
    }

    /**
     * A service point of the tenant.
     *
     * @param id UUID
     * @param label what people call it
     */
    record ServicePoint(String id, String code, String label) {}

    private record Seen(Map<String, ServicePoint> byId, Instant at) {}

    /** The branch where a request belongs: the one it names, if that one has a service point, else the terminal's. */
    String branch(String named, Terminal terminal) {
        return !named.equals(FolioSettings.COMMON) && configured.containsKey(named) ? named : terminal.branchCode();
    }

    /** The service point of a branch; empty, and said in the log, where none is configured or the tenant has no such. */
    Optional<ServicePoint> of(Conversation folio, String branch) {
        Optional<String> wanted =
                Optional.ofNullable(configured.getOrDefault(branch, configured.get(FolioSettings.COMMON)));
        Optional<ServicePoint> found = wanted.flatMap(this::known);
        if (found.isPresent()) {
            return found;
        }
        if (wanted.isPresent() && clock.instant().isAfter(seen.at.plus(LOOKED))) {
            look(folio);
            found = wanted.flatMap(this::known);
        }
        if (found.isEmpty()) {
            LOG.error(
                    "{}: no service point for branch {}; look at kimppa.backends.folio.{}.service-points",
                    name,
                    branch,
                    name);
        }
        return found;
    }

    /** The branch of a service point, by its UUID. */
    Optional<String> branchOf(String id) {
        return configured.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(FolioSettings.COMMON))
                .filter(entry -> known(entry.getValue())
                        .filter(point -> point.id.equals(id))
                        .isPresent())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    private Optional<ServicePoint> known(String codeOrId) {
        return seen.byId.values().stream()
                .filter(point -> point.code.equals(codeOrId) || point.id.equalsIgnoreCase(codeOrId))
                .findFirst();
    }

    private void look(Conversation folio) {
        JsonNode answer =
                folio.read(Call.get("service-points").query("query", Cql.ALL).query("limit", MOST));
        seen = new Seen(
                Json.list(answer, "servicepoints").stream()
                        .map(point -> new ServicePoint(
                                Json.text(point, "id").orElse(""),
                                Json.text(point, "code").orElse(""),
                                Json.text(point, "discoveryDisplayName")
                                        .or(() -> Json.text(point, "name"))
                                        .orElse("")))
                        .collect(Collectors.toUnmodifiableMap(ServicePoint::id, point -> point, (one, _) -> one)),
                clock.instant());
    }
}
