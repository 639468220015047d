package fi.kimppa.gateway.backend.folio;

import fi.kimppa.gateway.backend.folio.FolioSettings.Holds;
import fi.kimppa.gateway.backend.folio.FolioSettings.Level;
import fi.kimppa.gateway.backend.folio.Items.Item;
import fi.kimppa.gateway.backend.folio.Patrons.Patron;
import fi.kimppa.gateway.backend.folio.ServicePoints.ServicePoint;
import fi.kimppa.gateway.backend.http.Call;
import fi.kimppa.sip2.message.Hold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a 15 is about, and in which of FOLIO's ways it may be asked for. */
final class HoldTargets {
    static final String PAGE = "Page";

    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Holds settings;

    HoldTargets(Holds settings) {
        this.settings = settings;
    }

    /**
     * What is to be asked for.
     *
     * @param instance UUID of the title
     * @param item the very item, at item level
     */
    record Target(String instance, String title, Optional<Item> item) {
        /** The fields of a request that say so. */
        Map<String, Object> fields() {
            return item.<Map<String, Object>>map(one -> Map.of(
                            "requestLevel",
                            "Item",
                            "instanceId",
                            instance,
                            "itemId",
                            one.id(),
                            "holdingsRecordId",
                            one.holdings()))
                    .orElseGet(() -> Map.of("requestLevel", "Title", "instanceId", instance));
        }
    }

    /**
     * How it may be asked for.
     *
     * @param type FOLIO's word, if there is a way
     * @param sentence key of what is said where there is none
     */
    record Way(Optional<String> type, String sentence) {}

    /** What a new hold is on; empty where there is no such item or title, or several. */
    Optional<Target> wanted(Conversation folio, Hold request) {
        Optional<String> number = request.itemIdentifier().filter(text -> !text.isBlank());
        return number.isPresent()
                ? Items.find(folio, number.get())
                        .item()
                        .flatMap(item -> Items.instance(folio, item)
                                .map(instance -> new Target(
                                        instance,
                                        item.title(),
                                        settings.level() == Level.ITEM ? Optional.of(item) : Optional.empty())))
                : request.titleIdentifier()
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .flatMap(id -> title(folio, id));
    }

    private static Optional<Target> title(Conversation folio, String id) {
        Optional<JsonNode> instance = id.matches(UUID)
                ? folio.find(Call.get("inventory", "instances", id))
                : Optional.of(Json.list(
                                folio.read(Call.get("inventory", "instances")
                                        .query("query", Cql.exact("hrid", id))
                                        .query("limit", "2")),
                                "instances"))
                        .filter(found -> found.size() == 1)
                        .map(List::getFirst);
        return instance.flatMap(record -> Json.text(record, "id")
                .map(uuid -> new Target(uuid, Json.text(record, "title").orElse(id), Optional.empty())));
    }

    /** Which of the patron's open requests is meant: by its item, by any item of its title, or by the title's words. */
    List<FolioRequest> meant(Conversation folio, Hold request, List<FolioRequest> own) {
        Optional<String> number = request.itemIdentifier().filter(text -> !text.isBlank());
        if (number.isEmpty()) {
            String title = request.titleIdentifier().map(String::strip).orElse("");
            return own.stream()
                    .filter(hold -> !title.isEmpty() && hold.title().equals(title))
                    .toList();
        }
        List<FolioRequest> ofItem = own.stream()
                .filter(hold ->
                        hold.barcode().filter(number.get()::equalsIgnoreCase).isPresent())
                .toList();
        if (!ofItem.isEmpty()) {
            return ofItem;
        }
        Optional<String> instance = Items.find(folio, number.get()).item().flatMap(item -> Items.instance(folio, item));
        return own.stream()
                .filter(hold -> instance.filter(hold.instanceId()::equals).isPresent())
                .toList();
    }

    /** Paged from the shelf, else queued for, else recalled where that is allowed; where the pick-up place takes it. */
    Way way(Conversation folio, Patron patron, Target target, ServicePoint pickup) {
        Call question = Call.get("circulation", "requests", "allowed-service-points")
                .query("operation", "create")
                .query("requesterId", patron.id());
        JsonNode allowed = folio.read(target.item()
                .map(item -> question.query("itemId", item.id()))
                .orElseGet(() -> question.query("instanceId", target.instance())));
        List<String> types = Stream.of(PAGE, "Hold", "Recall")
                .filter(type -> settings.recall() || !type.equals("Recall"))
                .filter(type -> !Json.list(allowed, type).isEmpty())
                .toList();
        return new Way(
                types.stream()
                        .filter(type -> Json.list(allowed, type).stream()
                                .anyMatch(point -> Json.text(point, "id").equals(Optional.of(pickup.id()))))
                        .findFirst(),
                types.isEmpty() ? "hold.copies" : "hold.place");
    }
}
