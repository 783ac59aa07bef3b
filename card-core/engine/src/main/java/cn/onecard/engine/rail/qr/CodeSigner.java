package cn.onecard.engine.rail.qr;

/** What signs the city's codes: the private key, wherever it is kept. */
@FunctionalInterface
public interface CodeSigner {
    /** The signature of a text, 64 bytes. */
    byte[] sign(byte[] text);
}
