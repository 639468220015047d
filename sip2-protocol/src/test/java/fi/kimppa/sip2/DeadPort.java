package fi.kimppa.sip2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port on which nobody listens, and nobody else can while it is held: who connects is refused. */
public final class DeadPort {
    private DeadPort() {}

    public static Socket held() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }
}
