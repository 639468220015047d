package fi.kimppa.device.tag;

/** What the memory of a tag turned out to be. */
public sealed interface TagContent {
    /**
     * A library tag.
     *
     * @param reversedBlocks whether each block was stored or delivered last byte first
     */
    record Decoded(ItemTag item, boolean reversedBlocks) implements TagContent {}

    /** Nothing but zeros. */
    record Blank() implements TagContent {}

    /** Something else; no identifier is ever guessed from it. */
    record Unreadable(Reason reason) implements TagContent {}

    /** Why a memory is not a library tag. */
    enum Reason {
        /** What was read ends before an identifier is certain: fewer bytes than its model needs or its objects announce. */
        TOO_SHORT,
        /** The DSFID says fixed layout, the check sum does not agree. */
        BAD_CRC,
        /** An object breaks its own encoding before an identifier was found, or the DSFID says so and the check sum otherwise. */
        BAD_OBJECT,
        /** Well formed, but without a usable primary item identifier, or with part numbers that cannot be. */
        NO_IDENTIFIER,
        /** None of the known models. */
        UNKNOWN_MODEL
    }
}
