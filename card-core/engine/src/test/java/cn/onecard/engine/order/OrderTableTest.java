package cn.onecard.engine.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair of state and event, as a person reads it: where it leads, or - where it is refused. */
class OrderTableTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            FROM,            QUOTE,  REFUSE,  HOLD, CAPTURE,  VOID,   EXPIRE,  LOSE,    PROVE_DONE, PROVE_UNDONE, REFUND_PART,     REFUND_REST
            NONE,            QUOTED, REFUSED, HELD, -,        -,      -,       -,       -,          -,            -,               -
            QUOTED,          -,      -,       HELD, -,        VOIDED, EXPIRED, -,       -,          -,            -,               -
            HELD,            -,      -,       -,    CAPTURED, VOIDED, EXPIRED, UNKNOWN, -,          -,            -,               -
            CAPTURED,        -,      -,       -,    -,        -,      -,       -,       -,          -,            PARTLY_REFUNDED, REFUNDED
            VOIDED,          -,      -,       -,    -,        -,      -,       -,       -,          -,            -,               -
            PARTLY_REFUNDED, -,      -,       -,    -,        -,      -,       -,       -,          -,            PARTLY_REFUNDED, REFUNDED
            REFUNDED,        -,      -,       -,    -,        -,      -,       -,       -,          -,            -,               -
            EXPIRED,         -,      -,       -,    -,        -,      -,       -,       -,          -,            -,               -
            UNKNOWN,         -,      -,       -,    -,        -,      -,       -,       CAPTURED,   VOIDED,       -,               -
            REFUSED,         -,      -,       -,    -,        -,      -,       -,       -,          -,            -,               -
            """)
    void next_everyEvent_leadsWhereTheTableSays(OrderState from, String quote, String refuse, String hold, String capture, String giveUp, String expire,
            String lose, String proveDone, String proveUndone, String refundPart, String refundRest) {
        List<String> expected = List.of(quote, refuse, hold, capture, giveUp, expire, lose, proveDone, proveUndone, refundPart, refundRest);
        assertThat(Arrays.stream(OrderEvent.values()).map(event -> OrderTable.next(from, event).map(Enum::name).orElse("-"))).containsExactlyElementsOf(expected);
    }

    @Test
    void byCode_everyCode_isOfOneConstant() {
        assertThat(Arrays.stream(OrderState.values()).map(state -> OrderState.byCode(state.code()))).containsExactly(OrderState.values());
        assertThat(Arrays.stream(OrderKind.values()).map(kind -> OrderKind.byCode(kind.code()))).containsExactly(OrderKind.values());
        assertThat(Arrays.stream(AccountKind.values()).map(kind -> AccountKind.byCode(kind.code()))).containsExactly(AccountKind.values());
        assertThat(Arrays.stream(AccountState.values()).map(state -> AccountState.byCode(state.code()))).containsExactly(AccountState.values());
        assertThat(Arrays.stream(PaymentRefusal.values()).map(refusal -> PaymentRefusal.byCode(refusal.code()))).containsExactly(PaymentRefusal.values());
    }

    @Test
    void refusals_inTheirOrder_haveRisingCodes() {
        List<Integer> codes = Stream.of(PaymentRefusal.values()).map(PaymentRefusal::code).collect(Collectors.toList());
        assertThat(codes).isSorted().doesNotHaveDuplicates();
    }
}
