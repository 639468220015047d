package fi.kimppa.device.link;

/** Listens to the bytes on a link, for traces and tests. Must not change them. Called on the thread that reads or writes. */
public interface LinkTap {
    /** Bytes that went to the device. */
    void sent(byte[] bytes);

    /** Bytes that came from the device. */
    void received(byte[] bytes);

    /** The link with this tap on it. */
    default ByteLink on(ByteLink link) {
        return new TappedLink(link, this);
    }
}
