package cn.onecard.engine.rail.qr;

/** What checks the signatures of one key: the public key, which every reader has. */
@FunctionalInterface
public interface CodeCheck {
    /** Whether that is a signature of the text. */
    boolean verify(byte[] text, byte[] signature);
}
