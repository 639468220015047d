package fi.kimppa.device.simulator;

import java.util.OptionalInt;

/**
 * What is put on the virtual desk.
 *
 * @param ports where it listens
 * @param pad whose pad it is
 * @param clock by which everything on it lives; the desk closes it
 * @param vpcd port on 127.0.0.1 where vsmartcard-vpcd waits for cards; without it they are seen in memory only
 */
public record DeskSetup(DeskPorts ports, PadModel pad, DeskClock clock, OptionalInt vpcd) {
    /** A FEIG pad, a clock that goes by itself and no reader of vsmartcard-vpcd. */
    public static DeskSetup at(DeskPorts ports) {
        return new DeskSetup(ports, PadModel.FEIG, DeskClock.running(), OptionalInt.empty());
    }

    /** The same with a pad of that make. */
    public DeskSetup withPad(PadModel model) {
        return new DeskSetup(ports, model, clock, vpcd);
    }

    /** The same by that clock; the one that it had is closed. */
    public DeskSetup withClock(DeskClock newClock) {
        clock.close();
        return new DeskSetup(ports, pad, newClock, vpcd);
    }

    /** The same with a reader of vsmartcard-vpcd, see {@link VpcdCard#USUAL_PORT}. */
    public DeskSetup withVpcd(int port) {
        return new DeskSetup(ports, pad, clock, OptionalInt.of(port));
    }
}
