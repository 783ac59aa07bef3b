package cn.onecard.terminal.pcsc;

import java.util.Map;
import java.util.Set;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;

/** What the PC/SC service answered, by its symbolic name: the cause of every exception of this provider, as it is of the JDK's. */
final class PcscCode extends Exception {
    static final int SUCCESS = 0;
    static final int CANCELLED = 0x80100002;
    static final int TIMEOUT = 0x8010000A;
    static final int NO_SMARTCARD = 0x8010000C;
    static final int PROTO_MISMATCH = 0x8010000F;
    static final int NOT_TRANSACTED = 0x80100016;
    static final int NO_SERVICE = 0x8010001D;
    static final int UNSUPPORTED_FEATURE = 0x8010001F;
    static final int NO_READERS_AVAILABLE = 0x8010002E;
    static final int RESET_CARD = 0x80100068;
    static final int REMOVED_CARD = 0x80100069;
    private static final int INVALID_HANDLE = 0x80100003;
    private static final int COMM_ERROR = 0x80100013;
    private static final int SERVICE_STOPPED = 0x8010001E;

    private static final long serialVersionUID = 1;
    /** After one of these a context, and every card opened in it, is dead. */
    private static final Set<Integer> SERVICE_LOST = Set.of(NO_SERVICE, SERVICE_STOPPED, COMM_ERROR, INVALID_HANDLE);
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(CANCELLED, "SCARD_E_CANCELLED"), Map.entry(INVALID_HANDLE, "SCARD_E_INVALID_HANDLE"),
            Map.entry(0x80100004, "SCARD_E_INVALID_PARAMETER"), Map.entry(0x80100006, "SCARD_E_NO_MEMORY"),
            Map.entry(0x80100008, "SCARD_E_INSUFFICIENT_BUFFER"), Map.entry(0x80100009, "SCARD_E_UNKNOWN_READER"),
            Map.entry(TIMEOUT, "SCARD_E_TIMEOUT"), Map.entry(0x8010000B, "SCARD_E_SHARING_VIOLATION"),
            Map.entry(NO_SMARTCARD, "SCARD_E_NO_SMARTCARD"), Map.entry(PROTO_MISMATCH, "SCARD_E_PROTO_MISMATCH"),
            Map.entry(0x80100001, "SCARD_F_INTERNAL_ERROR"), Map.entry(COMM_ERROR, "SCARD_F_COMM_ERROR"),
            Map.entry(NOT_TRANSACTED, "SCARD_E_NOT_TRANSACTED"), Map.entry(0x80100017, "SCARD_E_READER_UNAVAILABLE"),
            Map.entry(NO_SERVICE, "SCARD_E_NO_SERVICE"), Map.entry(SERVICE_STOPPED, "SCARD_E_SERVICE_STOPPED"),
            Map.entry(UNSUPPORTED_FEATURE, "SCARD_E_UNSUPPORTED_FEATURE"),
            Map.entry(NO_READERS_AVAILABLE, "SCARD_E_NO_READERS_AVAILABLE"),
            Map.entry(0x80100066, "SCARD_W_UNRESPONSIVE_CARD"), Map.entry(0x80100067, "SCARD_W_UNPOWERED_CARD"),
            Map.entry(RESET_CARD, "SCARD_W_RESET_CARD"), Map.entry(REMOVED_CARD, "SCARD_W_REMOVED_CARD"));

    private PcscCode(int code) {
        super(NAMES.getOrDefault(code, "0x%08X".formatted(code)));
    }

    /** Whether whoever served this context is gone. */
    static boolean isServiceLost(int code) {
        return SERVICE_LOST.contains(code);
    }

    /** The exception for a code that is no success. */
    static CardException failure(String doing, int code) {
        PcscCode cause = new PcscCode(code);
        String message = doing + ": " + cause.getMessage();
        return code == NO_SMARTCARD ? new CardNotPresentException(message, cause) : new CardException(message, cause);
    }

    /** Throws unless the code is a success. */
    static void require(String doing, int code) throws CardException {
        if (code != SUCCESS) {
            throw failure(doing, code);
        }
    }
}
