package fi.kimppa.gateway.circulation;

import fi.kimppa.gateway.BackHalf;
import fi.kimppa.gateway.circulation.FaultyBackend.Fault;
import fi.kimppa.gateway.database.TestPostgres.Database;
import fi.kimppa.sip2.message.Request;
import fi.kimppa.sip2.wire.Decoded;
import fi.kimppa.sip2.wire.FrameCodec;
import fi.kimppa.sip2.wire.WireProfile;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A gateway that is killed while it serves one request; a program of its own. */
final class KilledGateway {
    private KilledGateway() {}

    /** Arguments: URL, user and password of the database, the fault, the request as it stands on the wire. */
    public static void main(String[] arguments) throws Exception {
        BackHalf house =
                BackHalf.on(new Database(arguments[0], arguments[1], arguments[2]), FaultyBackend.Wiring.class);
        FaultyBackend backend = house.bean(FaultyBackend.class);
        backend.breaks(Fault.valueOf(arguments[3]));
        Decoded decoded = new FrameCodec(WireProfile.DEFAULT).decode(arguments[4].getBytes(StandardCharsets.UTF_8));
        Request request = Request.from(((Decoded.Complete) decoded).frame());
        CompletableFuture<?> answer =
                CompletableFuture.supplyAsync(() -> house.circulation().serve(request, BackHalf.TURKU));
        backend.reached.await();
        System.out.println("REACHED");
        answer.get();
    }
}
