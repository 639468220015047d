package fi.kimppa.device.door;

import com.digitalpetri.modbus.TimeoutScheduler;
import com.digitalpetri.modbus.client.ModbusClient;
import com.digitalpetri.modbus.client.ModbusRtuClient;
import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusExecutionException;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.ModbusTimeoutException;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ModbusResponsePdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import fi.kimppa.device.DeviceException;
import fi.kimppa.device.DeviceException.FormatException;
import fi.kimppa.device.StatusReason;
import fi.kimppa.device.link.ByteLink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a relay board, in digitalpetri's messages over our links. Every question may be repeated, because doing it
 * twice changes nothing: a busy board is asked again, and so is one whose answer was lost on a serial line. For one thread at a time.
 */
final class ModbusBoard {
    static final int ON = 0xFF00;
    static final int OFF = 0x0000;

    /** Modbus Application Protocol 1.1b3, section 7: the client should try again later. */
    private static final int BUSY = 6;

    private static final Duration BUSY_PAUSE = Duration.ofMillis(25);
    private static final int TRIES_ON_RTU = 2;

    private final Wire wire;
    private @Nullable Open open;

    /**
     * How the board is spoken with.
     *
     * @param unit 0 to 255; on RTU 1 to 247
     * @param timeout for one answer
     * @param silence before each question on RTU
     */
    record Wire(ModbusFraming framing, int unit, Duration timeout, Duration silence) {}

    private record Open(ByteLink link, ModbusClient client) {}

    /** The board said no. */
    static final class Refusal extends Exception {
        private final int code;

        Refusal(int code) {
            super("Modbus exception " + code);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    ModbusBoard(Wire wire) {
        this.wire = wire;
    }

    /** Function 01: the coils from {@code first} on, the first as bit 0. */
    BitSet coils(ByteLink link, int first, int count) throws Refusal {
        return ask(link, new ReadCoilsRequest(first, count)) instanceof ReadCoilsResponse(byte[] bits)
                ? BitSet.valueOf(bits)
                : new BitSet();
    }

    /** Function 02: the inputs from {@code first} on, the first as bit 0. */
    BitSet inputs(ByteLink link, int first, int count) throws Refusal {
        return ask(link, new ReadDiscreteInputsRequest(first, count)) instanceof ReadDiscreteInputsResponse(byte[] bits)
                ? BitSet.valueOf(bits)
                : new BitSet();
    }

    /** Function 03. */
    int holdingRegister(ByteLink link, int number) throws Refusal {
        return ask(link, new ReadHoldingRegistersRequest(number, 1))
                        instanceof ReadHoldingRegistersResponse(byte[] word)
                ? ByteBuffer.wrap(word).getShort() & 0xFFFF
                : 0;
    }

    /** Function 04. */
    int inputRegister(ByteLink link, int number) throws Refusal {
        return ask(link, new ReadInputRegistersRequest(number, 1)) instanceof ReadInputRegistersResponse(byte[] word)
                ? ByteBuffer.wrap(word).getShort() & 0xFFFF
                : 0;
    }

    /** Function 05; values other than {@link #ON} and {@link #OFF} mean something to timed outputs only. */
    void writeCoil(ByteLink link, int number, int value) throws Refusal {
        ask(link, new WriteSingleCoilRequest(number, value));
    }

    /** Function 06. */
    void writeRegister(ByteLink link, int number, int value) throws Refusal {
        ask(link, new WriteSingleRegisterRequest(number, value));
    }

    /** Function 0F: switches off {@code count} coils from 0 on. */
    void allOff(ByteLink link, int count) throws Refusal {
        ask(link, new WriteMultipleCoilsRequest(0, count, new byte[(count + 7) / 8]));
    }

    private ModbusResponsePdu ask(ByteLink link, ModbusRequestPdu request) throws Refusal {
        long deadline = System.nanoTime() + wire.timeout().toNanos();
        while (true) {
            try {
                return ask(link, request, wire.framing() == ModbusFraming.RTU ? TRIES_ON_RTU : 1);
            } catch (Refusal e) {
                if (e.code() != BUSY || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(BUSY_PAUSE.toNanos());
            }
        }
    }

    private ModbusResponsePdu ask(ByteLink link, ModbusRequestPdu request, int tries) throws Refusal {
        try {
            return client(link).send(wire.unit(), request);
        } catch (ModbusResponseException e) {
            throw new Refusal(e.getExceptionCode());
        } catch (ModbusExecutionException e) {
            if (!(e.getCause() instanceof DeviceException failure)) {
                throw new IllegalStateException("The Modbus library failed", e);
            }
            boolean lost = failure instanceof FormatException || failure.reason() == StatusReason.NO_ANSWER;
            if (lost && tries > 1) {
                return ask(link, request, tries - 1);
            }
            throw failure;
        } catch (ModbusTimeoutException e) {
            throw new IllegalStateException("The Modbus library has no timer", e);
        }
    }

    private ModbusClient client(ByteLink link) {
        Open now = open;
        if (now == null || !now.link().equals(link)) {
            now = new Open(link, connect(link));
            open = now;
        }
        return now.client();
    }

    private ModbusClient connect(ByteLink link) {
        return switch (wire.framing()) {
            case TCP ->
                ModbusTcpClient.create(
                        new TcpTransport(link, wire.timeout()), config -> config.setTimeoutScheduler(NO_TIMER));
            case RTU ->
                ModbusRtuClient.create(
                        new RtuTransport(link, wire.timeout(), wire.silence()),
                        config -> config.setTimeoutScheduler(NO_TIMER));
        };
    }

    /** Our transports always end by themselves, before the library could. */
    private static final TimeoutScheduler NO_TIMER = (_, _, _) -> new TimeoutScheduler.TimeoutHandle() {
        @Override
        public void cancel() {}

        @Override
        public boolean isCancelled() {
            return false;
        }
    };
}
