package cn.onecard.engine.partner.register;

import java.util.Optional;

/** The line to OneCard. */
public interface UploadLine {
    /** Sends an upload.
     *
     *  @return the answer; empty if it was refused as a whole */
    Optional<byte[]> post(byte[] message);
}
