package cn.onecard.engine.reply;

import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.PaymentRefusal;
import cn.onecard.wire.proto.OrderStanding;
import cn.onecard.wire.proto.PaymentReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Terminals read the same names and codes as everybody else. */
class PaymentReceiptsTest {
    @ParameterizedTest
    @EnumSource
    void toProto_refusal_hasItsNameAndCode(PaymentRefusal refusal) {
        PaymentReason reason = PaymentReceipts.toProto(refusal);
        assertThat(reason.name()).isEqualTo(refusal.name());
        assertThat(reason.getNumber()).isEqualTo(refusal.code());
    }

    @ParameterizedTest
    @EnumSource
    void toProto_state_hasItsCode(OrderState state) {
        assertThat(PaymentReceipts.toProto(state).getNumber()).isEqualTo(state.code());
    }

    @Test
    void contract_everyReasonAndStanding_isOneOfTheOrders() {
        assertThat(PaymentReason.values()).as("and UNSPECIFIED and UNRECOGNIZED").hasSize(PaymentRefusal.values().length + 2);
        assertThat(OrderStanding.values()).as("and UNRECOGNIZED").hasSize(OrderState.values().length + 1);
    }
}
