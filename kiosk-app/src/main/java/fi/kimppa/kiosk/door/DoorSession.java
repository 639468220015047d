package fi.kimppa.kiosk.door;

import fi.kimppa.device.card.KeypadKey;
import fi.kimppa.kiosk.door.DoorScene.AskingPin;
import fi.kimppa.kiosk.door.DoorScene.Deciding;
import fi.kimppa.kiosk.door.DoorScene.Idle;
import fi.kimppa.kiosk.door.DoorScene.OutOfOrder;
import fi.kimppa.kiosk.door.DoorScene.Refused;
import fi.kimppa.kiosk.door.DoorScene.Unlocking;
import fi.kimppa.kiosk.door.DoorScene.Welcome;
import fi.kimppa.sip2.wire.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * The door's whole behaviour: scene and event in, next scene and effects out. Pure; time arrives in the events.
 *
 * <p>The PIN is always asked before anything is decided, so that nobody learns which cards are valid (selfservice.md
 * 2.1). Nothing opens without a grant that was asked for here and now.
 */
public final class DoorSession {
    private static final int LONGEST_PIN = 10;
    private static final int SHORTEST_PIN = 4;
    /** 20 s and the 20 s that a warning must leave (WCAG 2.2.1; selfservice.md 2.4). */
    private static final Duration PIN_PATIENCE = Duration.ofSeconds(40);

    private static final Duration REFUSAL_STANDS = Duration.ofSeconds(8);
    private static final Duration GATEWAY_PATIENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST_UNLOCK = Duration.ofSeconds(30);

    private DoorSession() {}

    /** What follows from an event in a scene. */
    public static DoorStep step(DoorScene scene, DoorEvent event) {
        return switch (event) {
            case DoorEvent.CardRead(String card, Instant at) -> cardRead(scene, card, at);
            case DoorEvent.KeyPressed(KeypadKey key, Instant at) -> keyPressed(scene, key, at);
            case DoorEvent.Decided(EntryAnswer answer, Instant at) -> decided(scene, answer, at);
            case DoorEvent.Undecided(Instant at) ->
                scene instanceof Deciding ? refused(DoorScene.Refusal.FAULT, at) : DoorStep.to(scene);
            case DoorEvent.LockAnswered(boolean released, Instant until, Instant at) ->
                lockAnswered(scene, released, until, at);
            case DoorEvent.Devices(boolean usable, Instant _) -> devices(scene, usable);
            case DoorEvent.Tick(Instant at) -> passed(scene, at);
        };
    }

    private static DoorStep cardRead(DoorScene scene, String card, Instant at) {
        if (card.isBlank()) {
            return DoorStep.to(scene);
        }
        AskingPin asking = new AskingPin(card.strip(), Secret.empty(), 0, at.plus(PIN_PATIENCE));
        return switch (scene) {
            // Whoever reads a card while another's sentence stands is the next in the queue.
            case Idle _, Refused _, Welcome _ -> DoorStep.to(asking);
            case AskingPin before -> DoorStep.to(asking, new DoorEffect.Erase(before.pin()));
            case OutOfOrder _, Deciding _, Unlocking _ -> DoorStep.to(scene);
        };
    }

    private static DoorStep keyPressed(DoorScene scene, KeypadKey key, Instant at) {
        if (!(scene instanceof AskingPin asking)) {
            return DoorStep.to(scene);
        }
        return switch (key) {
            case KeypadKey.Digit(int digit) ->
                DoorStep.to(withDigit(asking, digit, at), new DoorEffect.Erase(asking.pin()));
            case KeypadKey.Clear() ->
                asking.digits() == 0
                        ? DoorStep.to(new Idle())
                        : DoorStep.to(
                                new AskingPin(asking.card(), Secret.empty(), 0, at.plus(PIN_PATIENCE)),
                                new DoorEffect.Erase(asking.pin()));
            case KeypadKey.Enter() ->
                asking.digits() < SHORTEST_PIN
                        ? DoorStep.to(asking)
                        : DoorStep.to(new Deciding(at), new DoorEffect.Ask(asking.card(), asking.pin()));
        };
    }

    private static AskingPin withDigit(AskingPin asking, int digit, Instant at) {
        char[] before = asking.pin().reveal();
        boolean room = before.length < LONGEST_PIN;
        char[] after = Arrays.copyOf(before, room ? before.length + 1 : before.length);
        if (room) {
            after[before.length] = (char) ('0' + digit);
        }
        Secret pin = Secret.of(after);
        Arrays.fill(before, '\0');
        Arrays.fill(after, '\0');
        return new AskingPin(asking.card(), pin, after.length, at.plus(PIN_PATIENCE));
    }

    private static DoorStep decided(DoorScene scene, EntryAnswer answer, Instant at) {
        if (!(scene instanceof Deciding)) {
            // The wait was over: whoever asked has been told to call, and may have gone. The door stays shut.
            return DoorStep.to(scene);
        }
        if (!answer.granted()) {
            return DoorStep.to(
                    new Refused(DoorScene.Refusal.of(answer.reason()), answer.parameters(), at.plus(REFUSAL_STANDS)));
        }
        Duration asked = Duration.ofMillis(answer.unlockMillis());
        Duration time = asked.compareTo(LONGEST_UNLOCK) > 0 ? LONGEST_UNLOCK : asked;
        return DoorStep.to(new Unlocking(at), new DoorEffect.Unlock(time));
    }

    private static DoorStep lockAnswered(DoorScene scene, boolean released, Instant until, Instant at) {
        if (!(scene instanceof Unlocking)) {
            return DoorStep.to(scene);
        }
        return released ? DoorStep.to(new Welcome(until)) : refused(DoorScene.Refusal.FAULT, at);
    }

    private static DoorStep devices(DoorScene scene, boolean usable) {
        return switch (scene) {
            case OutOfOrder _ -> DoorStep.to(usable ? new Idle() : scene);
            case AskingPin asking when !usable -> DoorStep.to(new OutOfOrder(), new DoorEffect.Erase(asking.pin()));
            case Idle _, Refused _ when !usable -> DoorStep.to(new OutOfOrder());
            default -> DoorStep.to(scene);
        };
    }

    private static DoorStep passed(DoorScene scene, Instant at) {
        return switch (scene) {
            case AskingPin asking
            when !at.isBefore(asking.until()) -> DoorStep.to(new Idle(), new DoorEffect.Erase(asking.pin()));
            case Welcome welcome when !at.isBefore(welcome.until()) -> DoorStep.to(new Idle());
            case Refused refused when !at.isBefore(refused.until()) -> DoorStep.to(new Idle());
            case Deciding deciding
            when !at.isBefore(deciding.since().plus(GATEWAY_PATIENCE)) -> refused(DoorScene.Refusal.FAULT, at);
            case Unlocking unlocking
            when !at.isBefore(unlocking.since().plus(GATEWAY_PATIENCE)) -> refused(DoorScene.Refusal.FAULT, at);
            default -> DoorStep.to(scene);
        };
    }

    private static DoorStep refused(DoorScene.Refusal reason, Instant at) {
        return DoorStep.to(new Refused(reason, Map.of(), at.plus(REFUSAL_STANDS)));
    }
}
