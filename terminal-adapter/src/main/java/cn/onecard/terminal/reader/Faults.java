package cn.onecard.terminal.reader;

import java.util.Set;
import javax.smartcardio.CardNotPresentException;

/** Turns what a javax.smartcardio provider throws into a {@link ReaderFault}. The code is the message of the cause: the
 *  provider's own exception class is private, its symbolic names are those of PC/SC. */
final class Faults {
    private static final Set<String> NO_SERVICE = Set.of("SCARD_E_NO_SERVICE", "SCARD_E_SERVICE_STOPPED", "SCARD_F_COMM_ERROR",
            "SCARD_E_INVALID_HANDLE");
    private static final Set<String> GONE = Set.of("SCARD_W_REMOVED_CARD", "SCARD_W_RESET_CARD", "SCARD_W_UNPOWERED_CARD",
            "SCARD_W_UNRESPONSIVE_CARD", "SCARD_E_NOT_TRANSACTED");

    private Faults() {}

    /** The symbolic name of the PC/SC code behind an exception, or what stands for it. */
    static String code(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** A fault while looking at a reader or connecting to its card. */
    static ReaderFault ofReader(String reader, Exception e) {
        String code = code(e);
        if (NO_SERVICE.contains(code)) {
            return new ReaderFault.NoService(code, e);
        }
        if (e instanceof CardNotPresentException || code.equals("SCARD_E_NO_SMARTCARD")) {
            return new ReaderFault.NoCard(reader, e);
        }
        return GONE.contains(code) ? new ReaderFault.CardGone(reader, code, e) : new ReaderFault.ReaderFailed(reader, code, e);
    }

    /** A fault while the card had a command: whatever it is called, the outcome is unknown. */
    static ReaderFault ofExchange(String reader, Exception e) {
        String code = code(e);
        return NO_SERVICE.contains(code) ? new ReaderFault.NoService(code, e) : new ReaderFault.CardGone(reader, code, e);
    }
}
