package fi.kimppa.device.rfid;

import fi.kimppa.device.simulator.DemoTags;
import fi.kimppa.device.simulator.DeskPorts;
import fi.kimppa.device.simulator.VirtualDesk;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What {@link RealPadTest} asks of a real reader, the simulated ones do. */
class VirtualPadOnAnyTagsTest {
    abstract static class Simulated extends RfidPadOnAnyTags {
        private final VirtualDesk desk = VirtualDesk.start(DeskPorts.any());
        private final PadMake make;

        Simulated(PadMake make) {
            this.make = make;
        }

        @Override
        RfidPad open() {
            DemoTags.items().forEach(item -> item.tags().forEach(desk.pad()::lay));
            return make.inMemory(desk.pad(), Map.of(), UnaryOperator.identity());
        }

        @AfterEach
        void closeDesk() {
            desk.close();
        }
    }

    @Nested
    class Feig extends Simulated {
        Feig() {
            super(PadMake.FEIG);
        }
    }

    @Nested
    class Bibliotheca extends Simulated {
        Bibliotheca() {
            super(PadMake.BIBLIOTHECA);
        }
    }
}
