package fi.kimppa.device.rfid;

import static fi.kimppa.device.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import fi.kimppa.device.DeviceStatus;
import fi.kimppa.device.tag.TagCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a pad does with whatever tags lie on it, at least one of them a library's, without leaving them changed. So it can be asked of a
 * real reader.
 */
abstract class RfidPadOnAnyTags {
    @SuppressWarnings("NullAway.Init") // set before each test
    private RfidPad pad;

    /** A driver of a reader on which tags lie. */
    abstract RfidPad open();

    @BeforeEach
    void openPad() {
        pad = open();
        eventually("the pad is ready", () -> pad.status() instanceof DeviceStatus.Ready);
    }

    @AfterEach
    void closePad() {
        pad.close();
    }

    @Test
    void identifiesWhatItReads() {
        List<Uid> seen = pad.inventory();
        assertThat(seen).isNotEmpty().doesNotHaveDuplicates();
        Map<Uid, PadTag> identified = pad.identify(seen);
        assertThat(identified.keySet()).containsExactlyInAnyOrderElementsOf(seen);
        for (Uid uid : seen) {
            PadTag read = pad.read(uid).orElseThrow();
            assertThat(identified)
                    .extractingByKey(uid)
                    .extracting(PadTag::content)
                    .isEqualTo(read.content());
            TagDump dump = pad.dump(uid).orElseThrow();
            assertThat(dump.memory().length % dump.blockSize()).isZero();
            assertThat(dump.security()).isEqualTo(read.security());
            assertThat(TagCodec.decode(dump.dsfid(), dump.memory())).isEqualTo(read.content());
        }
    }

    @Test
    void turnsTheSecurityOfALibraryTagRoundAndBack() {
        PadTag tag = libraryTag();
        String identifier = tag.item().orElseThrow().identifier();
        TagSecurity before = tag.security().orElseThrow();
        TagSecurity other = before == TagSecurity.SECURED ? TagSecurity.UNSECURED : TagSecurity.SECURED;
        assertThat(pad.setSecurity(tag.uid(), identifier, before)).isEqualTo(new SecurityWrite.Verified(false));
        assertThat(pad.setSecurity(tag.uid(), identifier, other)).isEqualTo(new SecurityWrite.Verified(true));
        assertThat(pad.read(tag.uid()).orElseThrow().security()).contains(other);
        assertThat(pad.setSecurity(tag.uid(), identifier, before)).isEqualTo(new SecurityWrite.Verified(true));
        assertThat(pad.read(tag.uid())).contains(tag);
    }

    @Test
    void writesNothingWhereATagSaysItAlready() {
        PadTag tag = libraryTag();
        TagDump dump = pad.dump(tag.uid()).orElseThrow();
        assertThat(pad.write(tag.uid(), dump.dsfid(), dump.memory())).isEqualTo(new TagWrite.Written(0));
    }

    private PadTag libraryTag() {
        return pad.inventory().stream()
                .flatMap(uid -> pad.read(uid).stream())
                .filter(tag -> tag.item().isPresent() && tag.security().isPresent())
                .findFirst()
                .orElseThrow();
    }
}
