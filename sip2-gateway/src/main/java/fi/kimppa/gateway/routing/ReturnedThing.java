package fi.kimppa.gateway.routing;

import fi.kimppa.sip2.message.AlertType;
import java.util.Optional;

/**
 * What is known of a thing that came back, and all that the decision rests on.
 *
 * @param situation what follows from the rest
 * @param branch code of the branch where it came back
 * @param owner code of the municipality that owns it; its home's where the home is one of the consortium's branches
 * @param home AQ, code of its home branch as the library system says it
 * @param collection CR
 * @param mediaType CK, three digits
 * @param told CT, where the library system sends it
 * @param toldAlert CV of the library system
 * @param toldBin CL of the library system
 */
public record ReturnedThing(
        Situation situation,
        String branch,
        Optional<String> owner,
        Optional<String> home,
        Optional<String> collection,
        Optional<String> mediaType,
        Optional<String> told,
        Optional<AlertType> toldAlert,
        Optional<String> toldBin) {

    /**
     * What a library system has answered to a return.
     *
     * @param ok whether it accepts it
     * @param undone whether this took back a loan (BI)
     */
    public record Answer(
            boolean ok,
            boolean undone,
            Optional<AlertType> alert,
            Optional<String> home,
            Optional<String> collection,
            Optional<String> mediaType,
            Optional<String> destination,
            Optional<String> bin) {}

    /** A thing of which a library system has spoken. */
    public static ReturnedThing of(String branch, Optional<String> owner, Answer answer) {
        return new ReturnedThing(
                situation(branch, answer),
                branch,
                owner,
                answer.home,
                answer.collection,
                answer.mediaType,
                answer.destination,
                answer.alert,
                answer.bin);
    }

    /** A thing whose library system is silent; its owner may be known by tag or number. */
    public static ReturnedThing unprocessed(String branch, Optional<String> owner) {
        return unseen(Situation.UNPROCESSED, branch, owner);
    }

    /** A thing that nobody owns and that is taken nevertheless. */
    public static ReturnedThing noOwner(String branch) {
        return unseen(Situation.NO_OWNER, branch, Optional.empty());
    }

    private static ReturnedThing unseen(Situation situation, String branch, Optional<String> owner) {
        return new ReturnedThing(
                situation,
                branch,
                owner,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Situation situation(String branch, Answer answer) {
        if (!answer.ok) {
            return Situation.REFUSED;
        }
        return answer.alert
                .map(alert -> switch (alert) {
                    case HOLD_HERE -> Situation.HOLD_HERE;
                    case HOLD_ELSEWHERE -> Situation.HOLD_ELSEWHERE;
                    case HOLD_ILL -> Situation.HOLD_ILL;
                    case SEND_ELSEWHERE -> sent(branch, answer);
                    case UNKNOWN, OTHER -> Situation.ATTENTION;
                })
                .orElseGet(() -> plain(branch, answer));
    }

    /** CV 04. Some send it without saying where to; a thing that is sent to where it is has arrived. */
    private static Situation sent(String branch, Answer answer) {
        boolean homeElsewhere = answer.home.filter(home -> !home.equals(branch)).isPresent();
        if (answer.destination.isEmpty()) {
            return homeElsewhere ? Situation.BELONGS_ELSEWHERE : Situation.SENT_ELSEWHERE;
        }
        return answer.destination.get().equals(branch) ? arrived(branch, answer) : Situation.SENT_ELSEWHERE;
    }

    private static Situation plain(String branch, Answer answer) {
        if (answer.destination.isPresent()) {
            return answer.destination.get().equals(branch) ? arrived(branch, answer) : Situation.SENT_ELSEWHERE;
        }
        if (answer.undone) {
            return Situation.UNDONE;
        }
        return answer.home
                .map(home -> home.equals(branch) ? Situation.AT_HOME : Situation.BELONGS_ELSEWHERE)
                .orElse(Situation.HOME_UNKNOWN);
    }

    private static Situation arrived(String branch, Answer answer) {
        return answer.home
                .map(home -> home.equals(branch) ? Situation.AT_HOME : Situation.FLOATS)
                .orElse(Situation.HOME_UNKNOWN);
    }

    /** What this thing is by one of a rule's conditions; empty where that is not known. */
    Optional<String> by(Condition condition) {
        return switch (condition) {
            case SITUATION -> Optional.of(situation.name());
            case OWNER -> owner;
            case HOME -> home;
            case SERVING -> Optional.of(branch);
            case COLLECTION -> collection;
            case MEDIA_TYPE -> mediaType;
        };
    }
}
