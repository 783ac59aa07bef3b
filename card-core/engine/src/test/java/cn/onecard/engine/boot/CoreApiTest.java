package cn.onecard.engine.boot;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.api.ApiClient;
import cn.onecard.sql.Database;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A whole core and the commands beside it: a caller is let in, asks over TLS, and is let in no more. */
class CoreApiTest {
    private static final String DATA = "target/test-database";

    @Test
    void caller_addedThenRevoked_isLetInWhileItMay() throws Exception {
        Assumptions.assumeTrue(Database.findExternalUrl().isEmpty() && System.getenv("ONECARD_TEST_DB_URL") == null, "the data directory holds the test's database");
        RunningCore core = RunningCore.startFresh();
        try {
            ApiClient client = new ApiClient(HttpClient.newBuilder().sslContext(trustOfTheAuthority()).build(), "clinic-3");
            String hex = client.publicKey().hex();
            assertThat(run("add", "clinic-3", "--party", "3", "--public-key", hex, "--scopes", "payments:read", "--data", DATA)).startsWith("0 clinic-3 may call");
            assertThat(run("add", "clinic-3", "--party", "3", "--public-key", hex, "--scopes", "payments:read", "--data", DATA)).startsWith("1 ");
            assertThat(run("add", "x", "--party", "3", "--public-key", hex, "--scopes", "all", "--data", DATA)).startsWith("2 ");
            assertThat(run("list", "--data", DATA)).contains("clinic-3,3,payments:read,100,," + hex);
            HttpResponse<String> answer = client.getTls(core.apiPort(), "/v1/orders");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(run("revoke", "clinic-3", "--data", DATA)).startsWith("0 ");
            assertThat(run("key", "clinic-3", "--public-key", hex, "--data", DATA)).startsWith("1 ");
        } finally {
            core.close();
        }
    }

    private static SSLContext trustOfTheAuthority() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(RunningCore.TLS.resolve("ca.pem"))) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String run(String... args) {
        StringWriter out = new StringWriter();
        CommandLine line = ApiMain.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        return line.execute(args) + " " + out;
    }
}
