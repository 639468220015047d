package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;
import fi.kimppa.device.DeviceException.LinkException;
import fi.kimppa.device.DeviceException.Phase;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to a reader and its answers, in the frames of one make. What is too late for the question before is thrown away, what
 * answers something else is passed over, and a question whose answer is damaged is asked again, where it may be.
 *
 * <p>Threads: one at a time, as the protocols that use it.
 *
 * @param <F> the frames
 */
final class Exchange<F extends ReaderFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    /** A silence this long ends an unfinished frame; a slow line needs at least twice the time of a byte. */
    private static final Duration GAP = Duration.ofMillis(60);
    /** Times that a question is asked whose answer is damaged. */
    private static final int TRIES = 3;

    private static final int MOST_LATE_READS = 64;

    private final DeviceAddress address;
    private final Duration timeout;
    private final Supplier<FrameParser<F>> parsers;
    /** Whether something came that was not the answer to the question asked, since that was asked for last. */
    private boolean strayed;

    /**
     * Exchanges with one reader.
     *
     * @param timeout for one answer
     */
    Exchange(DeviceAddress address, Duration timeout, Supplier<FrameParser<F>> parsers) {
        this.address = address;
        this.timeout = timeout;
        this.parsers = parsers;
    }

    /**
     * Asks one question.
     *
     * @param what is asked, for the message of an exception
     * @param answers whether a frame is the answer
     * @throws LinkException when no whole answer comes in time
     */
    F ask(ByteLink link, byte[] question, String what, Predicate<F> answers) {
        LinkException last = null;
        boolean heard = false;
        for (int tries = 0; tries < TRIES; tries++) {
            drain(link);
            link.write(question);
            var listening = new Listening(link);
            Optional<F> answer = listening.answer(answers);
            if (answer.isPresent()) {
                return answer.get();
            }
            heard |= listening.heard;
            last = new LinkException(
                    address,
                    Phase.READ,
                    timeout,
                    heard ? StatusReason.NONSENSE : StatusReason.NO_ANSWER,
                    "no whole answer to " + what);
            if (!listening.heard) {
                // Silence is not healed by asking again at once; the line reopens the link instead.
                break;
            }
        }
        throw Objects.requireNonNull(last);
    }

    /** Asks a question that may not be repeated; empty when no whole answer comes in time. */
    Optional<F> once(ByteLink link, byte[] question, Predicate<F> answers) {
        drain(link);
        link.write(question);
        return new Listening(link).answer(answers);
    }

    /**
     * Asks a question that nothing else is answered like, and says whether every answer since the last such question was the only one: an
     * answer that was left over somewhere may have been taken for the next one's before.
     */
    boolean inStep(ByteLink link, byte[] question, String what, Predicate<F> answers) {
        ask(link, question, what, answers);
        boolean alone = !strayed;
        strayed = false;
        return alone;
    }

    /** Throws away what came too late for the question before. */
    private void drain(ByteLink link) {
        byte[] buffer = new byte[256];
        for (int rounds = 0; rounds < MOST_LATE_READS && link.read(buffer, Duration.ZERO) > 0; rounds++) {
            LOG.debug("{}: late bytes thrown away", address);
            strayed = true;
        }
    }

    /** Waits for one answer. */
    private final class Listening {
        private final ByteLink link;
        private final FrameParser<F> parser = parsers.get();
        private boolean heard;

        Listening(ByteLink link) {
            this.link = link;
        }

        Optional<F> answer(Predicate<F> answers) {
            byte[] buffer = new byte[512];
            long deadline = System.nanoTime() + timeout.toNanos();
            while (System.nanoTime() - deadline < 0) {
                long left = deadline - System.nanoTime();
                boolean ending = parser.unfinished() || parser.damaged();
                int count = link.read(buffer, Duration.ofNanos(ending ? Math.min(left, GAP.toNanos()) : left));
                heard |= count > 0;
                List<F> frames = count > 0 ? parser.feed(buffer, count) : parser.gap();
                Optional<F> answer = frames.stream().filter(answers).findFirst();
                // Neither before the answer nor behind it.
                strayed |= frames.size() > (answer.isPresent() ? 1 : 0) || (answer.isPresent() && parser.unfinished());
                if (answer.isPresent()) {
                    return answer;
                }
                if (count == 0 && ending && !parser.unfinished()) {
                    // What came was damaged and the reader has fallen silent: asking again is faster than waiting.
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }
    }
}
