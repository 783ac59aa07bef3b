package cn.onecard.terminal.reader;

/** Told of every APDU that really went over the wire, the adapter's own GET RESPONSE and repetitions included. What passes
 *  here holds card numbers in clear: a trace is for the workbench, never for a log that is kept. */
@FunctionalInterface
public interface ApduTrace {
    /** No trace. */
    ApduTrace NONE = (reader, command, answer) -> {};

    /** One command was answered. Neither array may be kept or changed.
     *
     *  @param command as given to the provider, which strips Le of case 4 under T=0 */
    void exchanged(String reader, byte[] command, byte[] answer);
}
