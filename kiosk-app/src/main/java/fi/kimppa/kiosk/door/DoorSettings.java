package fi.kimppa.kiosk.door;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.sip2.wire.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What a door terminal needs to know.
 *
 * @param gateway base address of the gateway's HTTP, such as {@code http://127.0.0.1:8080}
 * @param certificate SHA-256 of the gateway's certificate, for https without a public certificate
 * @param login the terminal's login
 * @param password its password
 * @param lock relay board of the lock
 * @param reader card reader
 * @param keypad keypad, unless PINs are touched in a window
 * @param helpNumber telephone of somebody who helps, shown when the door does not work
 * @param answerWithin how long the gateway may take; selfservice.md 2.1 gives it 5 s
 */
public record DoorSettings(
        URI gateway,
        Optional<String> certificate,
        String login,
        Secret password,
        DeviceAddress lock,
        DeviceAddress reader,
        Optional<DeviceAddress> keypad,
        String helpNumber,
        Duration answerWithin) {}
