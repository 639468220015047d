package fi.kimppa.device.rfid;

import fi.kimppa.device.link.FaultPlan;
import fi.kimppa.device.simulator.VirtualPad;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

class BibliothecaPadInMemoryTest {
    @Nested
    class Whole extends RfidPadContract {
        Whole() {
            super(PadMake.BIBLIOTHECA);
        }

        @Override
        RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
            return make().inMemory(virtualPad, settings, FaultPlan.NONE::on);
        }
    }

    @Nested
    class ByteByByte extends RfidPadContract {
        ByteByByte() {
            super(PadMake.BIBLIOTHECA);
        }

        @Override
        RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
            return make().inMemory(virtualPad, settings, FaultPlan.NONE.withChunk(1)::on);
        }
    }

    /** In every build the fault scripts do the same with fewer calls. */
    @Nested
    @Tag("long")
    class WithDamagedBytes extends RfidPadContract {
        WithDamagedBytes() {
            super(PadMake.BIBLIOTHECA);
        }

        @Override
        RfidPad driver(VirtualPad virtualPad, Map<String, String> settings) {
            return make().inMemory(
                            virtualPad,
                            with(settings, "timeout", "200"),
                            FaultPlan.NONE.withCorrupt(Set.of(24L, 90L, 450L))::on);
        }
    }
}
