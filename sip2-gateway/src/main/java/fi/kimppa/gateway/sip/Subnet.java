package fi.kimppa.gateway.sip;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address without a length.
 *
 * @param network its first address
 * @param bits how many leading bits are the network's, 0 to 32 or 128
 */
record Subnet(InetAddress network, int bits) {
    /** Checks that no bit is set behind the network's. */
    Subnet {
        byte[] bytes = network.getAddress();
        if (bits < 0 || bits > 8 * bytes.length) {
            throw new IllegalArgumentException(
                    network.getHostAddress() + " has a length of 0 to " + 8 * bytes.length + ", found " + bits);
        }
        if (!Arrays.equals(masked(bytes, bits), bytes)) {
            throw new IllegalArgumentException(
                    network.getHostAddress() + "/" + bits + " is no network: bits are set behind its length");
        }
    }

    /**
     * Reads a range; names are not looked up. Public for whoever binds settings.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Subnet of(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int all = 8 * network.getAddress().length;
        return new Subnet(network, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == network.getAddress().length && Arrays.equals(masked(bytes, bits), network.getAddress());
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] &= (byte) (0xFF << (8 - kept));
        }
        return masked;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + bits;
    }
}
