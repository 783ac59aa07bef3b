package cn.onecard.engine.key;

import java.security.GeneralSecurityException;

/** What a file of keys is sealed with: AES-256-GCM under a key of a pass phrase, or of a token. */
interface Seal {
    int TAG_BITS = 128;

    /** By which the seal is found again: a word of the file's header, without blanks. */
    String name();

    /** Enciphers, or with {@code open} deciphers.
     *
     *  @param nonce 12 bytes, never used before under this seal
     *  @param header authenticated with the text */
    byte[] apply(boolean open, byte[] nonce, byte[] header, byte[] text) throws GeneralSecurityException;
}
