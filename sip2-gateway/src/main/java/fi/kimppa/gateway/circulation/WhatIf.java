package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.circulation.LibrarySystem.Outcome;
import fi.kimppa.gateway.consortium.Branch;
import fi.kimppa.gateway.consortium.Consortium;
import fi.kimppa.gateway.consortium.Terminal;
import fi.kimppa.gateway.routing.ReturnedThing;
import fi.kimppa.gateway.routing.Situation;
import fi.kimppa.sip2.message.AlertType;
import fi.kimppa.sip2.message.ItemInformation;
import fi.kimppa.sip2.message.ItemInformationResponse;
import fi.kimppa.sip2.message.Timestamp;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Field;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * What would happen if a thing came back: asks library systems about it (17) and changes nothing. Decides by the same rules
 * over the same facts as a return does. May be used by several threads.
 */
@Component
public class WhatIf {
    private final Router router;
    private final Owners owners;
    private final UnownedThings unowned;
    private final Consortium consortium;
    private final Clock clock;

    WhatIf(Router router, Owners owners, UnownedThings unowned, Consortium consortium, Clock clock) {
        this.router = router;
        this.owners = owners;
        this.unowned = unowned;
        this.consortium = consortium;
        this.clock = clock;
    }

    /** Which thing. */
    public sealed interface Thing {
        /** The one with this number: the library systems are asked about it. */
        record Numbered(String item) implements Thing {}

        /**
         * One that a library system knows.
         *
         * @param owner code of a municipality; follows from the home if that is a branch of the consortium
         * @param home code of a branch
         */
        record Described(
                Optional<String> owner, Optional<String> home, Optional<String> collection, Optional<String> mediaType)
                implements Thing {}

        /** One that nobody owns. */
        record Nobodys() implements Thing {}

        /** One whose library system is silent. */
        record OfASilentSystem(Optional<String> owner) implements Thing {}
    }

    /**
     * What is asked.
     *
     * @param branch code of the branch where it comes back
     * @param pickup code of the branch where whoever waits for it picks it up; empty if nobody waits
     * @param sent code of the branch to which the library system itself sends it; empty if it says nothing
     */
    public record Question(String branch, Thing thing, Optional<String> pickup, Optional<String> sent) {}

    /**
     * What would happen.
     *
     * @param thing what is known of it
     * @param taken whether it would be taken
     * @param found what a library system said when it was asked
     */
    public record Answer(ReturnedThing thing, Way way, boolean taken, Optional<Found> found) {}

    /**
     * A thing that a library system knows by its number.
     *
     * @param system name of the library system
     * @param waiting how many wait for it, CF; where they pick it up it does not say. 0 where it says nothing
     */
    public record Found(String title, String system, int waiting) {}

    /** Answers a question. Blocks while library systems are asked. */
    public Answer ask(Question question) {
        return switch (question.thing()) {
            case Thing.Numbered(String item) -> numbered(question, item);
            case Thing.Described described -> answer(known(question, described, owner(described)), Optional.empty());
            case Thing.Nobodys() -> answer(nobodys(question.branch()), Optional.empty());
            case Thing.OfASilentSystem(Optional<String> owner) ->
                answer(ReturnedThing.unprocessed(question.branch(), owner), Optional.empty());
        };
    }

    private Optional<String> owner(Thing.Described described) {
        return described
                .home()
                .flatMap(consortium::branch)
                .map(Branch::municipality)
                .or(described::owner);
    }

    private Answer numbered(Question question, String item) {
        String branch = question.branch();
        Terminal desk = new Terminal("what-if", Terminal.Kind.DESK, branch, branch);
        ItemInformation asked = new ItemInformation(
                Timestamp.of(clock.instant(), clock.getZone()), branch, item, Optional.empty(), List.of());
        Optional<LibrarySystem> system = owners.of(asked, desk).system();
        Optional<ItemInformationResponse> said =
                system.flatMap(one -> one.call(backend -> backend.itemInformation(asked, desk))
                                instanceof Outcome.Answered<ItemInformationResponse>(ItemInformationResponse answer)
                        ? Optional.of(answer)
                        : Optional.empty());
        Optional<String> byNumber = router.owner(Optional.empty(), Optional.empty(), item);
        if (said.isEmpty()) {
            return answer(ReturnedThing.unprocessed(branch, byNumber), Optional.empty());
        }
        ItemInformationResponse known = said.get();
        if (known.titleIdentifier().isBlank()) {
            boolean nobodys = owners.nobodyHas(item, Optional.empty(), desk);
            return answer(nobodys ? nobodys(branch) : refused(branch, byNumber), Optional.empty());
        }
        Optional<String> home = said(known.permanentLocation());
        return answer(
                known(
                        question,
                        new Thing.Described(Optional.empty(), home, collection(known), said(known.mediaType())),
                        router.owner(home, Optional.empty(), item)),
                system.map(one -> new Found(known.titleIdentifier(), one.name(), waiting(known))));
    }

    private static int waiting(ItemInformationResponse item) {
        return item.holdQueueLength()
                .map(String::strip)
                .filter(digits -> digits.matches("\\d{1,6}"))
                .map(Integer::valueOf)
                .orElse(0);
    }

    private static Optional<String> collection(ItemInformationResponse item) {
        return item.extras().stream()
                .filter(CodedField.Text.class::isInstance)
                .map(CodedField.Text.class::cast)
                .filter(field -> field.code().equals(Field.CR.code()))
                .map(CodedField.Text::value)
                .filter(code -> !code.isBlank())
                .findFirst();
    }

    private static Optional<String> said(Optional<String> text) {
        return text.map(String::strip).filter(given -> !given.isEmpty());
    }

    private static ReturnedThing known(Question question, Thing.Described thing, Optional<String> owner) {
        String branch = question.branch();
        Optional<AlertType> alert = question.pickup()
                .map(pickup -> pickup.equals(branch) ? AlertType.HOLD_HERE : AlertType.HOLD_ELSEWHERE)
                .or(() -> question.sent().map(_ -> AlertType.SEND_ELSEWHERE));
        return ReturnedThing.of(
                branch,
                owner,
                new ReturnedThing.Answer(
                        true,
                        false,
                        alert,
                        thing.home(),
                        thing.collection(),
                        thing.mediaType(),
                        question.pickup()
                                .filter(pickup -> !pickup.equals(branch))
                                .or(question::sent),
                        Optional.empty()));
    }

    private ReturnedThing nobodys(String branch) {
        return unowned.taken(branch) ? ReturnedThing.noOwner(branch) : refused(branch, Optional.empty());
    }

    private static ReturnedThing refused(String branch, Optional<String> owner) {
        return ReturnedThing.of(
                branch,
                owner,
                new ReturnedThing.Answer(
                        false,
                        false,
                        Optional.of(AlertType.OTHER),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Answer answer(ReturnedThing thing, Optional<Found> found) {
        return new Answer(thing, router.way(thing), thing.situation() != Situation.REFUSED, found);
    }
}
