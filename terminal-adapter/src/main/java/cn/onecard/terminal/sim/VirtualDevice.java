package cn.onecard.terminal.sim;

/** A chip: something that answers commands. Implementations are safe for use by several threads, one command at a time. */
public interface VirtualDevice {
    /** The answer to reset. */
    byte[] atr();

    /** Carries out one command as it comes over the wire.
     *
     *  @return data and status word */
    byte[] process(byte[] command);

    /** Power off, power on or reset: what is not in non-volatile memory is lost. */
    void reset();
}
