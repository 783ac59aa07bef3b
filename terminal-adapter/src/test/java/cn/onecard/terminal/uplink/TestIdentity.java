package cn.onecard.terminal.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate for 127.0.0.1 and its key, made by the JDK's keytool. */
record TestIdentity(Path certificate, Path key) {
    static TestIdentity make(Path folder, String name) throws Exception {
        Files.createDirectories(folder);
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name, "-ext", "san=ip:127.0.0.1",
                "-validity", "3650", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", "test-store")
                .redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "test-store".toCharArray());
        Key key = keys.getKey(name, "test-store".toCharArray());
        return new TestIdentity(
                Files.writeString(folder.resolve("certificate.pem"), pem("CERTIFICATE", keys.getCertificate(name).getEncoded())),
                Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", key.getEncoded())));
    }

    /** What a gateway needs that trusts {@code core}. */
    CoreAddress.Tls tls(TestIdentity core) {
        return new CoreAddress.Tls(core.certificate, certificate, key);
    }

    PemKeyCertOptions keyAndCertificate() {
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }

    PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(certificate.toString());
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what,
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der), what);
    }
}
