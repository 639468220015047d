package fi.kimppa.gateway.moving;

/**
 * A line of a file of numbers that is not taken.
 *
 * @param line its number in the file, from 1
 * @param numbers what the line says of the kind of number
 * @param before the number in the old system, as the line has it
 * @param after the number in the new one
 */
record Collision(int line, String numbers, String before, String after, Reason reason) {
    /** Why it is not taken. Of several reasons the first in this order is given. */
    enum Reason {
        /** It is not a kind and two numbers of at most 64 characters. */
        FORM,
        /** The old number stands there twice, or has another new number already. */
        OLD_TWICE,
        /** The new number stands there twice, or is that of another old number already. */
        NEW_TWICE,
        /** One line's new number is another line's old number: on a tag nobody could tell which it is. */
        CHAINED,
        /** By the number rules the old number belongs to another municipality. */
        OLD_OF_ANOTHER,
        /** The new system knows the old number: there it is another card or thing. */
        OLD_TAKEN,
        /** The new system does not know the new number. */
        NEW_UNKNOWN,
        /** The new system did not answer, or there was no time to ask it. */
        NOT_ASKED
    }
}
