package fi.kimppa.device.rfid;

import fi.kimppa.device.link.ByteLink;
import fi.kimppa.device.rfid.TagAnswer.Done;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writing the memory of one tag: block by block, each read back, and the data storage format identifier last.
 *
 * <p>Threads: within the conversations of the pad's line, one at a time.
 */
final class TagWriting {
    private final Protocol protocol;
    private final TagReading reading;

    TagWriting(Protocol protocol, TagReading reading) {
        this.protocol = protocol;
        this.reading = reading;
    }

    /**
     * Brings a tag's memory to what it shall say.
     *
     * @param memory in memory order, in whole blocks of 4 bytes
     */
    TagWrite write(ByteLink link, Uid uid, int dsfid, byte[] memory) {
        var written = new AtomicInteger();
        reading.forget(uid);
        return reading.inStep(link, () -> write(link, uid, dsfid, memory, written));
    }

    /**
     * Goes through all blocks once.
     *
     * @param written counts the blocks that had to be written
     */
    private TagWrite write(ByteLink link, Uid uid, int dsfid, byte[] memory, AtomicInteger written) {
        Optional<TagInformation> information = reading.information(link, uid);
        if (information.isEmpty()) {
            return new TagWrite.TagGone();
        }
        int size = blockSize(link, uid, information.get());
        int blocks = (memory.length + size - 1) / size;
        if (!holds(link, uid, information.get(), blocks)) {
            return new TagWrite.Failed(TagWrite.Reason.TOO_SMALL, 0);
        }
        byte[] wanted = Arrays.copyOf(memory, blocks * size);
        byte[] before = new byte[0];
        for (int block = 0; block < blocks; block++) {
            byte[] bytes = Arrays.copyOfRange(wanted, block * size, (block + 1) * size);
            if (Arrays.equals(bytes, before)) {
                // An answer here may be the one about the block before, come twice: it is heard and not believed.
                protocol.read(link, uid, block, 1);
            }
            before = bytes;
            TagWrite result = writeBlock(link, uid, block, reading.forReader(bytes));
            if (!(result instanceof TagWrite.Written(int more))) {
                return result;
            }
            written.addAndGet(more);
        }
        return dsfid(link, uid, dsfid, information.get(), written.get());
    }

    /** What the tag tells, or else what its first block shows. */
    private int blockSize(ByteLink link, Uid uid, TagInformation told) {
        return told.blockSize()
                .or(() -> reading.block(link, uid, 0).given().map(Blocks::size))
                .orElse(TagReading.USUAL_BLOCK);
    }

    /** A tag that does not tell how many blocks it has is asked for the last that is needed. */
    private boolean holds(ByteLink link, Uid uid, TagInformation told, int blocks) {
        return told.blocks()
                .map(count -> count >= blocks)
                .orElseGet(() -> !(reading.block(link, uid, blocks - 1) instanceof TagAnswer.Refused<Blocks>));
    }

    /** One block, as the reader takes it. */
    private TagWrite writeBlock(ByteLink link, Uid uid, int block, byte[] wanted) {
        TagWrite.Reason reason = TagWrite.Reason.NOT_VERIFIED;
        for (int tries = 0; tries <= TagReading.TRIES; tries++) {
            switch (reading.block(link, uid, block)) {
                case TagAnswer.Given<Blocks>(Blocks now)
                when Arrays.equals(now.bytes(), wanted) -> {
                    return new TagWrite.Written(Math.min(1, tries));
                }
                case TagAnswer.Given<Blocks> _, TagAnswer.Hesitant<Blocks> _ -> {
                    // To be written, or to be asked again.
                }
                case TagAnswer.Refused<Blocks> _, TagAnswer.WriteError<Blocks> _ -> {
                    return new TagWrite.Failed(TagWrite.Reason.REJECTED, block);
                }
                case TagAnswer.Gone<Blocks> _ -> {
                    return new TagWrite.TagGone();
                }
            }
            if (tries == TagReading.TRIES) {
                break;
            }
            if (protocol.write(link, uid, block, wanted.length, wanted) instanceof TagAnswer.Refused<Done>(int error)) {
                if (error == TagError.LOCKED) {
                    return new TagWrite.Failed(TagWrite.Reason.LOCKED, block);
                }
                reason = TagWrite.Reason.REJECTED;
            }
        }
        return new TagWrite.Failed(reason, block);
    }

    private TagWrite dsfid(ByteLink link, Uid uid, int wanted, TagInformation before, int written) {
        if (before.dsfid().isEmpty() || before.dsfid().get() == wanted) {
            return new TagWrite.Written(written);
        }
        for (int tries = 0; tries < TagReading.TRIES; tries++) {
            TagAnswer<Done> answer = protocol.writeDsfid(link, uid, wanted);
            Optional<TagInformation> now = reading.information(link, uid);
            if (now.isEmpty()) {
                return new TagWrite.TagGone();
            }
            if (now.get().dsfid().equals(Optional.of(wanted))) {
                reading.learn(uid, wanted);
                return new TagWrite.Written(written);
            }
            if (answer instanceof TagAnswer.Refused<Done>) {
                return new TagWrite.Failed(TagWrite.Reason.REJECTED, 0);
            }
        }
        return new TagWrite.Failed(TagWrite.Reason.NOT_VERIFIED, 0);
    }
}
