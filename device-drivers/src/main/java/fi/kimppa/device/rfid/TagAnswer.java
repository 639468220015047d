package fi.kimppa.device.rfid;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What came of one command to one tag.
 *
 * @param <T> what the command asks for
 */
sealed interface TagAnswer<T> {
    /** The tag did it. */
    record Given<T>(T value) implements TagAnswer<T> {}

    /** No tag answers under this UID. */
    record Gone<T>() implements TagAnswer<T> {}

    /** The radio link broke or the tag's answer was damaged; a second try may heal it. */
    record Hesitant<T>() implements TagAnswer<T> {}

    /** The reader wrote and could not verify it itself. */
    record WriteError<T>() implements TagAnswer<T> {}

    /**
     * The tag or its reader refused.
     *
     * @param error one of {@link TagError}; {@link TagError#UNNAMED} when the reader does not tell
     */
    record Refused<T>(int error) implements TagAnswer<T> {}

    /** The same with another value. */
    default <R> TagAnswer<R> map(Function<T, R> reading) {
        return switch (this) {
            case Given<T>(T value) -> new Given<>(reading.apply(value));
            case Gone<T> _ -> new Gone<>();
            case Hesitant<T> _ -> new Hesitant<>();
            case WriteError<T> _ -> new WriteError<>();
            case Refused<T>(int error) -> new Refused<>(error);
        };
    }

    /** What was asked for; empty when it was not given. */
    default Optional<T> given() {
        return this instanceof Given<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /** Gives a command, and gives it again while the tag hesitates, a few times. */
    static <T> TagAnswer<T> patiently(Supplier<TagAnswer<T>> command) {
        TagAnswer<T> answer = command.get();
        for (int tries = 1; tries < TagReading.TRIES && answer instanceof Hesitant<T>; tries++) {
            answer = command.get();
        }
        return answer;
    }

    /** The value of a command that only does something. */
    enum Done {
        DONE
    }
}
