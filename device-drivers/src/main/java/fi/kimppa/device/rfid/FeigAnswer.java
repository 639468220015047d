package fi.kimppa.device.rfid;

import fi.kimppa.device.rfid.TagAnswer.Done;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What a FEIG reader answered.
 *
 * @param status one of {@link FeigCommand}
 * @param data behind the status; not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never leaves this package.
record FeigAnswer(int status, byte[] data) {
    /** The answer in a frame whose rest is not empty. */
    static FeigAnswer of(FeigFrame frame) {
        byte[] rest = frame.rest();
        return new FeigAnswer(rest[0] & 0xFF, Arrays.copyOfRange(rest, 1, rest.length));
    }

    boolean hasData() {
        return switch (status) {
            case FeigCommand.OK, FeigCommand.RF_WARNING, FeigCommand.MORE_DATA, FeigCommand.BUFFER_OVERFLOW -> true;
            default -> false;
        };
    }

    /** What it means for the one tag that was addressed. */
    <T> TagAnswer<T> to(Function<byte[], T> reading) {
        return switch (status) {
            case FeigCommand.OK, FeigCommand.RF_WARNING, FeigCommand.MORE_DATA ->
                new TagAnswer.Given<>(reading.apply(data));
            case FeigCommand.NO_TRANSPONDER -> new TagAnswer.Gone<>();
            case FeigCommand.RF_COMMUNICATION, FeigCommand.DATA_FALSE -> new TagAnswer.Hesitant<>();
            case FeigCommand.WRITE_ERROR -> new TagAnswer.WriteError<>();
            case FeigCommand.TAG_ERROR -> new TagAnswer.Refused<>(data.length > 0 ? data[0] & 0xFF : TagError.UNNAMED);
            default -> new TagAnswer.Refused<>(TagError.UNNAMED);
        };
    }

    TagAnswer<Done> done() {
        return to(_ -> Done.DONE);
    }
}
