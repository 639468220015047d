package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.NumberRule.Numbers;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.routing.Decision;
import fi.kimppa.gateway.routing.ReturnedThing;
import fi.kimppa.gateway.routing.RoutingRules;
import fi.kimppa.gateway.routing.SlipText;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.Checkin;
import fi.kimppa.sip2.message.CheckinResponse;
import fi.kimppa.sip2.message.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Whose a thing is by its tag and its number, and what a machine is told of where a returned item goes: the facts out of
 * a library system's answer, and the answer out of what the consortium's rules make of them. May be used by several threads.
 */
@Component
public class Router {
    /** How our kiosks name the owner on an item's tag, in CH, to a Kimppa gateway only. */
    private static final String OWNER = "owner=";

    private final ScreenTexts texts = new ScreenTexts("fi.kimppa.gateway.circulation.messages");
    private final Consortium consortium;
    private final RoutingRules rules;

    Router(Consortium consortium, RoutingRules rules) {
        this.consortium = consortium;
        this.rules = rules;
    }

    /** The ISIL that the item's tag names as its owner. */
    static Optional<String> ownerOnTag(Optional<String> itemProperties) {
        return itemProperties.stream()
                .flatMap(properties -> Arrays.stream(properties.split("[;,\\s]+")))
                .filter(property -> property.startsWith(OWNER))
                .map(property -> property.substring(OWNER.length()))
                .filter(isil -> !isil.isEmpty())
                .findFirst();
    }

    /** Whether the tag says that the item belongs to a library outside the consortium. */
    boolean foreign(Optional<String> itemProperties) {
        return ownerOnTag(itemProperties)
                .filter(isil -> consortium.branchWithIsil(isil).isEmpty())
                .isPresent();
    }

    /** The branch where a return happened: AP where it names one, else the terminal's own. */
    public String branchOf(String currentLocation, Terminal terminal) {
        return consortium.branch(currentLocation).map(Branch::code).orElse(terminal.branchCode());
    }

    /** Code of the municipality that owns an item: by its home branch, else by its tag, else by its number. */
    Optional<String> owner(Optional<String> home, Optional<String> itemProperties, String item) {
        return home.flatMap(consortium::branch)
                .or(() -> ownerOnTag(itemProperties).flatMap(consortium::branchWithIsil))
                .map(Branch::municipality)
                .or(() -> consortium.byNumber(Numbers.ITEM, item));
    }

    /**
     * Where a library system's own item goes next, before anybody is told; for a library system that is part of this
     * gateway and must write it down.
     *
     * @param answer what the library system will say
     * @return code of another branch of the consortium; empty if it stays
     */
    public Optional<String> destination(CheckinResponse answer, Checkin request, Terminal terminal) {
        ReturnedThing thing = thing(answer, request, terminal);
        return rules.table()
                .decide(thing)
                .destination()
                .filter(code -> !code.equals(thing.branch()))
                .flatMap(consortium::branch)
                .map(Branch::code);
    }

    /**
     * Completes a 10: destination, alert type, bin and sentences as the rules have it. Drops who had it and whose hold it
     * is: no machine needs to know.
     */
    CheckinResponse onward(CheckinResponse answer, Checkin request, Terminal terminal) {
        return onward(answer, thing(answer, request, terminal));
    }

    /** Completes the promise for a library system that is silent. */
    CheckinResponse unprocessed(CheckinResponse promise, Checkin request, Terminal terminal) {
        return onward(
                promise,
                ReturnedThing.unprocessed(
                        branchOf(request.currentLocation(), terminal),
                        owner(Optional.empty(), request.itemProperties(), request.itemIdentifier())));
    }

    /** Completes the answer for a thing that nobody owns and that is taken nevertheless. */
    CheckinResponse noOwner(CheckinResponse answer, Checkin request, Terminal terminal) {
        return onward(answer, ReturnedThing.noOwner(branchOf(request.currentLocation(), terminal)));
    }

    private ReturnedThing thing(CheckinResponse answer, Checkin request, Terminal terminal) {
        Optional<String> home = said(Optional.of(answer.permanentLocation()));
        return ReturnedThing.of(
                branchOf(request.currentLocation(), terminal),
                owner(home, request.itemProperties(), request.itemIdentifier()),
                new ReturnedThing.Answer(
                        answer.ok(),
                        request.cancel().orElse(false),
                        answer.alertType(),
                        home,
                        said(answer.collectionCode()),
                        said(answer.mediaType()),
                        said(answer.destinationLocation()),
                        said(answer.sortBin())));
    }

    /** Some send fields that are empty. */
    private static Optional<String> said(Optional<String> text) {
        return text.map(String::strip).filter(given -> !given.isEmpty());
    }

    /** What a machine is told of a thing. */
    Way way(ReturnedThing thing) {
        Decision decision = rules.table().decide(thing);
        SlipText text = decision.text();
        String place = decision.destination()
                .map(code -> consortium.branch(code).map(Branch::name).orElse(code))
                .orElse("");
        return new Way(
                decision,
                rules.bin(decision, thing.branch()),
                sentence(text, "return." + text.key(), place),
                sentence(text, "slip." + text.key(), place));
    }

    private Optional<String> sentence(SlipText text, String key, String place) {
        return text == SlipText.NONE ? Optional.empty() : Optional.of(texts.text(Language.UNSPECIFIED, key, place));
    }

    private CheckinResponse onward(CheckinResponse answer, ReturnedThing thing) {
        Way way = way(thing);
        Optional<AlertType> alert = way.decision().alert();
        return new CheckinResponse(
                answer.ok(),
                answer.resensitize(),
                answer.magneticMedia(),
                answer.alert() || alert.isPresent(),
                answer.transactionDate(),
                answer.institutionId(),
                answer.itemIdentifier(),
                answer.permanentLocation(),
                answer.titleIdentifier(),
                Optional.of(way.bin()),
                Optional.empty(),
                answer.mediaType(),
                answer.itemProperties(),
                answer.collectionCode(),
                answer.callNumber(),
                way.decision().destination(),
                alert,
                Optional.empty(),
                answer.holdPatronName(),
                first(way.screen(), answer.screenMessages()),
                first(way.slip(), answer.printLines()),
                answer.extras());
    }

    /** Ours first: some machines show one line only. */
    private static List<String> first(Optional<String> ours, List<String> theirs) {
        return Stream.concat(ours.stream(), theirs.stream()).distinct().toList();
    }
}
