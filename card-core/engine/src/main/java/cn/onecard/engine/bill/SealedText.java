package cn.onecard.engine.bill;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What stands under a seal: a text, and bytes that a biller wants back.
 *
 *  <pre>
 *  text, modified UTF-8 with its length before it (2) | bytes to the end
 *  </pre> */
@SuppressWarnings("ArrayRecordComponent")      // opened and read; never compared
record SealedText(String text, byte[] bytes) {
    static byte[] write(String text, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(out)) {
            data.writeUTF(text);
            data.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static SealedText read(byte[] plain) {
        try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(plain))) {
            return new SealedText(data.readUTF(), data.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
