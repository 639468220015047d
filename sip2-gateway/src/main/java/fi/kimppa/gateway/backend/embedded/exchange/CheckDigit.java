package fi.kimppa.gateway.backend.embedded.exchange;

/** The check digit that the library's numbers end with, modulus 10. Pure. */
enum CheckDigit {
    NONE,
    /** Every other digit is doubled, from the last one before the check digit on. */
    LUHN,
    /** Weights 3 and 1, from the last one before the check digit on. */
    EAN;

    /** Whether the last digit of a number is right; letters have none that could be. */
    boolean holds(String number) {
        if (this == NONE) {
            return true;
        }
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(number.length() - 1 - i);
            if (c < '0' || c > '9') {
                return false;
            }
            int weighed = (c - '0') * (i % 2 == 0 ? 1 : this == EAN ? 3 : 2);
            sum += this == LUHN && weighed > 9 ? weighed - 9 : weighed;
        }
        return number.length() > 1 && sum % 10 == 0;
    }
}
