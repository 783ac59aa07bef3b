package cn.onecard.terminal.sim;

import java.util.HexFormat;

/** A chip that answers 6C02 to everything. */
public final class Stubborn implements VirtualDevice {
    public static final String T0_ATR = "3B021450";
    public static final String T1_ATR = "3B800181";

    private final byte[] atr;

    public Stubborn(String atr) {
        this.atr = HexFormat.of().parseHex(atr);
    }

    @Override
    public byte[] atr() {
        return atr.clone();
    }

    @Override
    public byte[] process(byte[] command) {
        return Probe.status(0x6C02);
    }

    @Override
    public void reset() {}
}
