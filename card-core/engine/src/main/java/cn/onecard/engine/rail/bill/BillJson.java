package cn.onecard.engine.rail.bill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of the JSON style, version 1. Amounts are whole fen, days {@code 2026-11-25}, moments ISO 8601 in UTC, bytes Base64.
 *
 *  <pre>
 *  POST /v1/query      Query  -> Bills
 *  POST /v1/pay        Pay    -> Outcome
 *  POST /v1/status     Order  -> Outcome
 *  POST /v1/cancel     Order  -> Outcome
 *  POST /v1/statement  Day    -> Statement
 *  POST /v1/submit     Statement -> Receipt
 *  </pre> */
public final class BillJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private BillJson() {}

    /** Asks for the bills of an account. */
    public record Query(String account, Map<String, String> inputs) {}

    /** The bills of an account, or a code that says why there are none. */
    public record Bills(String code, String name, String address, List<Bill> bills) {}

    /** A bill. */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    public record Bill(String billRef, String period, long amountFen, long lateFeeFen, String dueDate, String quoteExpiresAt, byte[] echo) {}

    /** Pays a bill. */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    public record Pay(String orderNo, String account, String billRef, long amountFen, byte[] echo) {}

    /** Names an order. */
    public record Order(String orderNo) {}

    /** What became of an order. */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    public record Outcome(String orderNo, String code, String billerRef, long amountFen, byte[] fulfilment) {}

    /** Names a day. */
    public record Day(String date) {}

    /** A statement file with its SM3. */
    @SuppressWarnings("ArrayRecordComponent")      // bytes as they came; never compared
    public record Statement(String date, String code, byte[] file, byte[] sm3) {}

    /** Whether a statement was taken. */
    public record Receipt(String date, String code) {}

    /** The bytes of a body. */
    public static byte[] write(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a body was not written", e);
        }
    }

    /** The body of bytes.
     *
     *  @throws MalformedFile if it is none */
    public static <T> T read(byte[] bytes, Class<T> type) {
        Optional<T> body;
        try {
            body = Optional.ofNullable(JSON.readValue(bytes, type));
        } catch (IOException e) {
            throw new MalformedFile("not the JSON of " + type.getSimpleName());
        }
        return body.orElseThrow(() -> new MalformedFile("null is not the JSON of " + type.getSimpleName()));
    }
}
