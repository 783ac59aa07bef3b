package cn.onecard.engine.rail.iso8583;

/** How a profile writes: two alphabets for one table of fields. */
public enum Dialect {
    /** Terminal and acquirer (银联 POS 规范): digits packed two a byte, lengths too; 64 fields. */
    POS(64),
    /** Institution and switch (JR/T 0055): everything in ASCII, bitmaps and cryptograms apart; 128 fields. */
    SWITCH(128);

    private final int fields;

    Dialect(int fields) {
        this.fields = fields;
    }

    /** How many fields there can be; the last one is the MAC. */
    public int fields() {
        return fields;
    }

    boolean packs() {
        return this == POS;
    }

    int bitmapBytes() {
        return fields / 8;
    }

    int messageTypeBytes() {
        return packs() ? 2 : 4;
    }
}
