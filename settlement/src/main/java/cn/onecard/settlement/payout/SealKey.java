package cn.onecard.settlement.payout;

import cn.onecard.settlement.day.SettlementFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key that manifests are signed with: Ed25519 [1], so that the same manifest has the same signature. It lies in the secrets
 *  as {@code seal.key} (PKCS#8 PEM, readable by its owner alone) beside {@code seal.pub} (PEM), which auditors get.
 *
 *  <p>[1] RFC 8032. Check with {@code openssl pkeyutl -verify -rawin -pubin -inkey seal.pub -in manifest.json -sigfile
 *  manifest.sig}. */
public final class SealKey {
    private static final String ALGORITHM = "Ed25519";
    private static final int PEM_LINE = 64;

    private final Path privateFile;
    private final Path publicFile;

    /** The key of a folder of secrets; nothing is read yet. */
    public SealKey(Path secrets) {
        this.privateFile = secrets.resolve("seal.key");
        this.publicFile = secrets.resolve("seal.pub");
    }

    /** Signs bytes. The first time, the key is made. */
    byte[] sign(byte[] message) throws IOException {
        if (!Files.exists(privateFile)) {
            create();
        }
        try {
            PrivateKey key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(readPem(privateFile)));
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SettlementFailure(privateFile + " holds no Ed25519 key", e);
        }
    }

    /** Whether a signature is the one of this key's owner over these bytes. */
    public boolean verifies(byte[] message, byte[] signature) throws IOException {
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(readPem(publicFile)));
            Signature check = Signature.getInstance(ALGORITHM);
            check.initVerify(key);
            check.update(message);
            return signature.length == 64 && check.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SettlementFailure(publicFile + " holds no Ed25519 key", e);
        }
    }

    /** The public half is there before the private one, so a private key is never without it. */
    private void create() throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            Files.createDirectories(publicFile.toAbsolutePath().getParent());
            writePem(publicFile, "PUBLIC KEY", pair.getPublic().getEncoded());
            writePem(privateFile, "PRIVATE KEY", pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform of today has Ed25519", e);
        }
    }

    private static void writePem(Path file, String type, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(content);
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n", StandardCharsets.US_ASCII);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] readPem(Path file) throws IOException {
        String body = Files.readString(file, StandardCharsets.US_ASCII).lines().filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat);
        return Base64.getDecoder().decode(body);
    }
}
