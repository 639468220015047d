package fi.kimppa.gateway.backend.folio;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An open request of a patron: a hold, in SIP2's word (mod-circulation : ramls/request.json). */
record FolioRequest(JsonNode record) {
    String id() {
        return Json.text(record, "id").orElse("");
    }

    String status() {
        return Json.text(record, "status").orElse("");
    }

    /** Whether it waits on the hold shelf. */
    boolean ready() {
        return status().equals(Items.READY);
    }

    /** Whether an item is caught for it already. */
    boolean caught() {
        return !status().equals(Items.WAITING);
    }

    String title() {
        return Json.text(record, "instance", "title").orElse("");
    }

    String instanceId() {
        return Json.text(record, "instanceId").orElse("");
    }

    Optional<String> barcode() {
        return Json.text(record, "item", "barcode");
    }

    private boolean ofOneItem() {
        return !Json.text(record, "requestLevel").equals(Optional.of("Title"));
    }

    /** How the lists of a 64 name it: the item, where one is meant or caught, else the title as an 18 has it. */
    String entry() {
        return (ofOneItem() || caught() ? barcode() : Optional.<String>empty())
                .or(() -> Optional.of(title()).filter(title -> !title.isEmpty()))
                .orElse(instanceId());
    }
}
