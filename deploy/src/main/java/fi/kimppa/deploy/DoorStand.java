package fi.kimppa.deploy;

import fi.kimppa.device.simulator.VirtualDesk;
import fi.kimppa.device.simulator.VirtualKeypad;
import fi.kimppa.kiosk.Door;
import fi.kimppa.kiosk.DoorConfiguration;
import fi.kimppa.kiosk.door.DoorScene;
import fi.kimppa.kiosk.screen.DeviceProfile;
import fi.kimppa.kiosk.screen.DoorWindow;

/** The door in Lieto with its screen, at a virtual porch. Threads: one script's. */
final class DoorStand implements AutoCloseable {
    private final VirtualDesk porch;
    private final VirtualKeypad keypad;
    private final Stand.Album album;
    private final Door door;
    private final DoorWindow window;

    DoorStand(Configurations files, VirtualDesk porch, VirtualKeypad keypad, Stand.Album album) {
        this.porch = porch;
        this.keypad = keypad;
        this.album = album;
        this.door = new Door(DoorConfiguration.parse(
                "door LIETO",
                files.door("LIETO", porch.door().address(), porch.scanner().address(), keypad.address())));
        this.window = DoorWindow.offScreen(DeviceProfile.COMPACT, door.terminal());
        door.start();
    }

    DoorScene scene() {
        return door.scene();
    }

    /** Shows a card and types a PIN; a sentence for whoever came before does not stop it. */
    void enter(String card, String pin) {
        porch.scanner().scan(card);
        Checks.until(() -> door.scene() instanceof DoorScene.AskingPin);
        keypad.press(pin + "#");
    }

    void picture(String what) {
        window.snapshot(album.picture("LIETO-door-" + what));
    }

    @Override
    public void close() {
        window.close();
        door.close();
    }
}
