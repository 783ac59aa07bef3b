package cn.onecard.analytics.portal;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.analytics.extract.CodeList;
import cn.onecard.analytics.extract.DayCodes;
import cn.onecard.analytics.extract.Dimension;
import cn.onecard.analytics.extract.RawCube;
import cn.onecard.analytics.extract.SampleCity;
import cn.onecard.analytics.protect.DominanceRule;
import cn.onecard.analytics.protect.PrimaryRules;
import cn.onecard.analytics.protect.Protector;
import cn.onecard.analytics.publish.ReleaseStore;
import cn.onecard.analytics.publish.ReleaseVerifier;
import cn.onecard.analytics.publish.ReleaseWriter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The portal over a real socket, with the JDK's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PortalTest {
    private static final String CSV = "/files/" + SampleCity.DAY + "/taps-" + SampleCity.DAY + ".csv";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Analysts analysts;
    private int port;
    private String token = "";
    private byte[] csv = {};

    PortalTest(@TempDir Path folder) {
        this.folder = folder;
        this.analysts = new Analysts(folder.resolve("secrets").resolve("analysts.json"));
    }

    @BeforeAll
    void openThePortal() throws Exception {
        ReleaseStore store = new ReleaseStore(folder.resolve("extract"));
        SampleCity city = new SampleCity(3, 2);
        RawCube raw = city.cube(city.cards(300, 5));
        PrimaryRules rules = new PrimaryRules(10, new DominanceRule.Percent(10));
        Map<Dimension, CodeList> lists = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            lists.put(dimension, raw.codeList(dimension));
        }
        store.store(new ReleaseVerifier(raw, rules).verify(ReleaseWriter.write(SampleCity.DAY, city.policy(), new Protector(rules).protect(raw),
                new DayCodes(lists, Map.of()), store.stage(SampleCity.DAY))));
        csv = Files.readAllBytes(store.folder(SampleCity.DAY).resolve("taps-" + SampleCity.DAY + ".csv"));
        token = analysts.createToken("wang", new SecureRandom());
        port = new Portal(vertx, store, analysts).listen(0).toCompletionStage().toCompletableFuture().get().actualPort();
    }

    @AfterAll
    void closeThePortal() throws Exception {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void get_catalogue_listsEveryFileWithItsDigest() throws Exception {
        HttpResponse<byte[]> answer = send(request("/catalogue"));
        JsonNode release = new ObjectMapper().readTree(answer.body()).path("releases").path(0);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(release.path("releaseId").asText()).isEqualTo("T1-TAPS-1-" + SampleCity.DAY);
        assertThat(release.path("privacyLabel").asText()).isEqualTo("匿名化 statistics");
        assertThat(release.path("files")).hasSize(4);
        for (JsonNode file : release.path("files")) {
            HttpResponse<byte[]> download = send(request(file.path("href").asText()));
            assertThat(download.statusCode()).isEqualTo(200);
            if (file.has("sha256")) {
                assertThat(download.headers().firstValue("ETag")).contains("\"" + file.path("sha256").asText() + "\"");
                assertThat(download.body()).hasSize(file.path("bytes").asInt());
            }
        }
    }

    @Test
    void get_withTheEtagOfTheFile_answersNotModified() throws Exception {
        String tag = send(request(CSV)).headers().firstValue("ETag").orElseThrow();
        HttpResponse<byte[]> answer = send(request(CSV).header("If-None-Match", "\"other\", W/" + tag));
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("ETag")).contains(tag);
        assertThat(send(request(CSV).header("If-None-Match", "\"other\"")).statusCode()).isEqualTo(200);
    }

    @Test
    void head_file_saysLengthWithoutBody() throws Exception {
        HttpResponse<byte[]> answer = send(request(CSV).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(csv.length);
        assertThat(answer.headers().firstValue("Accept-Ranges")).contains("bytes");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        # range,        first, end counted from the end of the file if negative
          bytes=0-9,    0,     10
          bytes=10-,    10,    0
          bytes=-7,     -7,    0
          bytes=5-99999999, 5, 0
        """)
    void get_range_answersThatPart(String range, int first, int end) throws Exception {
        HttpResponse<byte[]> answer = send(request(CSV).header("Range", range));
        int from = first < 0 ? csv.length + first : first;
        int to = end <= 0 ? csv.length + end : end;
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(csv, from, to));
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes " + from + "-" + (to - 1) + "/" + csv.length);
    }

    @Test
    void get_rangeBeyondTheFile_isNotSatisfiable() throws Exception {
        HttpResponse<byte[]> answer = send(request(CSV).header("Range", "bytes=99999999-"));
        assertThat(answer.statusCode()).isEqualTo(416);
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes */" + csv.length);
    }

    @Test
    void get_rangeOfAnotherVersion_answersTheWholeFile() throws Exception {
        String tag = send(request(CSV)).headers().firstValue("ETag").orElseThrow();
        assertThat(send(request(CSV).header("Range", "bytes=0-9").header("If-Range", tag)).statusCode()).isEqualTo(206);
        HttpResponse<byte[]> answer = send(request(CSV).header("Range", "bytes=0-9").header("If-Range", "\"older\""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(csv);
    }

    @Test
    void get_severalRanges_answersTheWholeFile() throws Exception {
        assertThat(send(request(CSV).header("Range", "bytes=0-1,4-5")).statusCode()).isEqualTo(200);
    }

    @Test
    void get_withoutToken_isUnauthorized() throws Exception {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(uri(CSV)));
        assertProblem(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void get_withUnknownToken_isForbidden() throws Exception {
        assertProblem(send(HttpRequest.newBuilder(uri("/catalogue")).header("Authorization", "Bearer " + token + "x")), 403);
    }

    @Test
    void get_withReplacedToken_isForbidden() throws Exception {
        String first = analysts.createToken("li", new SecureRandom());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/catalogue")).header("Authorization", "Bearer " + first);
        assertThat(send(request).statusCode()).isEqualTo(200);
        analysts.createToken("li", new SecureRandom());
        assertProblem(send(request), 403);
        assertThat(Files.readString(folder.resolve("secrets").resolve("analysts.json"))).doesNotContain(first);
    }

    @ParameterizedTest
    @CsvSource({"/files/2020-01-01/taps-2020-01-01.csv", "/files/2026-11-23/..%2F..%2Fsecrets%2Fanalysts.json", "/files/..%2Fsecrets/analysts.json", "/nothing"})
    void get_whatWasNotPublished_isNotFound(String path) throws Exception {
        assertProblem(send(request(path)), 404);
    }

    @Test
    void post_anything_isNotAllowed() throws Exception {
        assertProblem(send(request("/catalogue").POST(HttpRequest.BodyPublishers.noBody())), 405);
    }

    @ParameterizedTest
    @CsvSource({"/, text/html, City one-card statistics", "/openapi.yaml, application/yaml, openapi: 3.1.0"})
    void get_openPage_needsNoToken(String path, String type, String text) throws Exception {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(uri(path)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains(text);
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new ObjectMapper().readTree(answer.body()).path("status").asInt()).isEqualTo(status);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
