package cn.onecard.engine.flow;

import static cn.onecard.sql.tables.ledger.Tables.ACCOUNT_ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import cn.onecard.engine.order.Asking;
import cn.onecard.engine.order.CallKey;
import cn.onecard.engine.order.OrderEvent;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderState;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentAnswer;
import cn.onecard.engine.order.PaymentRequest;
import cn.onecard.engine.order.PaymentRequest.Change;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.math.BigDecimal;
import java.time.Duration;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Domains that nobody thought of when this was written: to the corridor they are a service code and a party, and nothing else. */
class FurtherDomainTest {
    private static final int PARKING = 61;
    private static final PartyId CAR_PARK = new PartyId(9_001);
    private static final int PARCEL_LOCKER = 62;
    private static final PartyId LOCKER_COMPANY = new PartyId(9_002);
    private static final long FUNDS = 10_000;

    private TillRig rig;

    @BeforeEach
    void begin() throws Exception {
        rig = new TillRig(1, FUNDS);
    }

    @AfterEach
    void end() throws Exception {
        assertThat(rig.books().broken()).isEmpty();
        rig.close();
    }

    @Test
    void parking_heldAtTheEntranceAndCapturedAtTheExit_paysForTheTimeThatWasParked() throws Exception {
        OrderId parked = OrderId.of(key("car-park", "ticket-1"));
        ask(opening(key("car-park", "ticket-1"), CAR_PARK, PARKING, Goal.HOLD, 5_000));
        assertThat(ask(Change.capture(key("car-park", "exit-1"), parked, Money.ofFen(1_500), Asking.NOW))).isEqualTo(OrderState.CAPTURED);
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS - 1_500);
        assertThat(owed(CAR_PARK, PARKING)).isEqualTo(1_500);
    }

    @Test
    void parking_carLeavesAtOnce_paysNothing() throws Exception {
        ask(opening(key("car-park", "ticket-2"), CAR_PARK, PARKING, Goal.HOLD, 5_000));
        Change leave = Change.of(key("car-park", "exit-2"), OrderId.of(key("car-park", "ticket-2")), OrderEvent.VOID, "within the free minutes", Asking.NOW);
        assertThat(ask(leave)).isEqualTo(OrderState.VOIDED);
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS);
        assertThat(owed(CAR_PARK, PARKING)).isZero();
    }

    @Test
    void parcelLocker_paidAndTheDoorJammed_isGivenBack() throws Exception {
        assertThat(ask(opening(key("locker", "box-7"), LOCKER_COMPANY, PARCEL_LOCKER, Goal.PAY, 200))).isEqualTo(OrderState.CAPTURED);
        assertThat(owed(LOCKER_COMPANY, PARCEL_LOCKER)).isEqualTo(200);
        ask(Change.refund(key("locker", "jam-7"), OrderId.of(key("locker", "box-7")), Money.ofFen(200), "the door jammed", Asking.NOW));
        assertThat(owed(LOCKER_COMPANY, PARCEL_LOCKER)).isZero();
        assertThat(rig.balanceFen(0)).isEqualTo(FUNDS);
    }

    private OrderState ask(PaymentRequest request) throws Exception {
        PaymentAnswer answer = rig.corridor().take(request).get();
        assertThat(answer).isInstanceOf(PaymentAnswer.Done.class);
        return ((PaymentAnswer.Done) answer).state();
    }

    /** What the entries say is owed to a party for a service: the money that settlement clears by the rule of both. */
    private long owed(PartyId party, int service) {
        return -rig.dsl().select(DSL.coalesce(DSL.sum(ACCOUNT_ENTRY.AMOUNT_FEN), BigDecimal.ZERO)).from(ACCOUNT_ENTRY)
                .where(ACCOUNT_ENTRY.PARTY_ID.eq(party.value())).and(ACCOUNT_ENTRY.SERVICE_CODE.eq(service)).fetchSingle().value1().longValueExact();
    }

    private static Opening opening(CallKey key, PartyId party, int service, Goal goal, long fen) {
        OrderTerms terms = new OrderTerms(OrderKind.PAYMENT, Asking.wallet(0), party, service, Money.ofFen(fen));
        return Opening.of(key, terms, goal, Duration.ofHours(12), Asking.NOW);
    }

    private static CallKey key(String caller, String key) {
        return CallKey.ofCaller(caller, key);
    }
}
