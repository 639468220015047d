package fi.kimppa.device.rfid;

import fi.kimppa.device.DeviceAddress;

/**
 * In which order a reader gives and takes the bytes of a block: as the setting {@code blocks} of its address says, or as the last
 * library tag was found stored; a tag without content is then written the same way.
 *
 * <p>Threads: within the conversations of one pad.
 */
final class BlockOrder {
    private final Order order;
    private boolean lastReversed;

    private enum Order {
        AUTO,
        MEMORY,
        REVERSED
    }

    private BlockOrder(Order order) {
        this.order = order;
    }

    static BlockOrder of(DeviceAddress address) {
        return new BlockOrder(address.setting("blocks", Order.AUTO));
    }

    /** Takes in how a library tag was found stored. */
    void found(boolean reversed) {
        lastReversed = reversed;
    }

    /** As the reader gave them, or in memory order where that is set. */
    Blocks inMemory(Blocks given) {
        return order == Order.REVERSED ? given.reversed() : given;
    }

    /** One block as the reader takes it. */
    byte[] forReader(byte[] block) {
        boolean turn = order == Order.REVERSED || (order == Order.AUTO && lastReversed);
        return turn ? Blocks.reversed(block, block.length) : block;
    }
}
