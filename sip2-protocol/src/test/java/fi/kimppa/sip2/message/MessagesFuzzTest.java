package fi.kimppa.sip2.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fi.kimppa.sip2.conformance.GoldenLines;
import fi.kimppa.sip2.wire.CodedField;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.Field;
import fi.kimppa.sip2.wire.Frame;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.MessageType.Direction;
import fi.kimppa.sip2.wire.WireProfile;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the lines of the golden conversations in every build; {@code deploy/fuzz records} searches for new ones. */
class MessagesFuzzTest {
    /** Shorter ones may be found in any text. */
    private static final int LONG_ENOUGH = 6;

    private final FrameCodec codec = new FrameCodec(WireProfile.DEFAULT);

    static Stream<Arguments> golden() {
        return GoldenLines.all().stream().map(line -> Arguments.of((Object) line));
    }

    @MethodSource("golden")
    @FuzzTest(maxDuration = "10m")
    void everyFrameIsAMessageThatKeepsItsFieldsAndItsSecrets(byte[] line) {
        if (codec.decode(line) instanceof Decoded.Complete(Frame frame, boolean _)) {
            Object message = message(frame);
            Frame again = again(message);

            assertThat(again.type()).isEqualTo(frame.type());
            // Of a field that is said twice the first counts, and an empty first one is gone the next time.
            if (again.fields().stream().map(CodedField::code).distinct().count()
                    == again.fields().size()) {
                assertThat(withoutEmpty(again(message(again)))).isEqualTo(withoutEmpty(again));
            }
            assertThat(codec.decode(unended(codec.encode(again.withSequence(OptionalInt.of(0)), true))))
                    .isInstanceOf(Decoded.Complete.class);
            String open = frame.type().fixedFields().stream().map(frame::fixed).collect(Collectors.joining())
                    + frame.fields().stream()
                            .filter(field -> !isPrivate(field))
                            .map(field -> field.code() + value(field))
                            .collect(Collectors.joining(" "));
            frame.fields().stream()
                    .filter(MessagesFuzzTest::isPrivate)
                    .map(MessagesFuzzTest::value)
                    // A word may stand in a label.
                    .filter(secret -> secret.length() >= LONG_ENOUGH && secret.matches("(?s).*\\d.*"))
                    .filter(secret -> !open.contains(secret))
                    .forEach(secret -> assertThat(message + " " + frame).doesNotContain(secret));
        }
    }

    private static boolean isPrivate(CodedField field) {
        return Field.of(field.code())
                .filter(known -> known.privacy() != Field.Privacy.PLAIN)
                .isPresent();
    }

    private static String value(CodedField field) {
        return switch (field) {
            case CodedField.Text text -> text.value();
            case CodedField.Hidden hidden -> new String(hidden.value().reveal());
        };
    }

    private static Object message(Frame frame) {
        return frame.type().direction() == Direction.REQUEST ? Request.from(frame) : Response.from(frame);
    }

    private static Frame again(Object message) {
        return message instanceof Request request ? request.toFrame() : ((Response) message).toFrame();
    }

    /** An empty field says as much as none, and is not always written again. */
    private static Frame withoutEmpty(Frame frame) {
        return new Frame(
                frame.type(),
                frame.fixed(),
                frame.fields().stream().filter(field -> !value(field).isEmpty()).toList(),
                frame.sequence());
    }

    private static byte[] unended(byte[] written) {
        return Arrays.copyOf(written, written.length - 1);
    }
}
