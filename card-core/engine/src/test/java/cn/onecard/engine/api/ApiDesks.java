package cn.onecard.engine.api;

import cn.onecard.engine.bill.BillTable;
import cn.onecard.engine.bill.StandingTable;
import cn.onecard.engine.card.RegisterTable;
import cn.onecard.engine.flow.BillCancelling;
import cn.onecard.engine.flow.BillDesk;
import cn.onecard.engine.flow.BillPartner;
import cn.onecard.engine.flow.CallersCorridor;
import cn.onecard.engine.flow.CardDesk;
import cn.onecard.engine.flow.ClinicCounter;
import cn.onecard.engine.flow.DirectBiller;
import cn.onecard.engine.flow.DirectInsurance;
import cn.onecard.engine.flow.MedicalDesk;
import cn.onecard.engine.flow.PartnerDesk;
import cn.onecard.engine.flow.PaymentCorridor;
import cn.onecard.engine.flow.SaleDesk;
import cn.onecard.engine.flow.StandingDesk;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.medical.MedicalTable;
import cn.onecard.engine.office.OfficeTable;
import cn.onecard.engine.order.OpenOrders;
import cn.onecard.engine.order.OrderKind;
import cn.onecard.engine.order.OrderTerms;
import cn.onecard.engine.order.PaymentRequest.Goal;
import cn.onecard.engine.order.PaymentRequest.Opening;
import cn.onecard.engine.outbox.Outbox;
import cn.onecard.engine.partner.medical.InsurancePlatform;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;

/** The desks behind the interface, with a biller and an insurance of their own. */
final class ApiDesks {
    private static final KeyRing RING = KeyRing.demo(7);
    private static final PartyId CLINIC = new PartyId(7);

    private final Clock clock = Clock.systemUTC();
    private final DirectBiller water = new DirectBiller("water", clock,
            "{\"amount\": \"EXACT\", \"unitFen\": 1, \"order\": \"FREE\", \"cancelUntil\": \"23:59:59\", \"fulfilment\": \"TOKEN\"}", "BILLER_PULL");
    private final DSLContext dsl;
    private final PaymentCorridor corridor;
    private final SaleDesk sales;
    private final PartnerDesk partners;
    private final BillDesk bills;
    private final BillCancelling cancelling;
    private final StandingDesk standing;
    private final ClinicCounter clinic;

    ApiDesks(String node, DSLContext dsl, PaymentCorridor corridor) {
        this.dsl = dsl;
        this.corridor = corridor;
        StorageKey key = StorageKey.of(RING, 1, "bill");
        BillDesk.Books books = BillDesk.Books.of(dsl, key);
        Map<String, Biller> billers = Map.of("water", water);
        partners = new PartnerDesk(List.of(new BillPartner(water, books.bills(), key).terms()), new Outbox(dsl), corridor, clock);
        bills = new BillDesk(billers, books, partners, clock);
        cancelling = new BillCancelling(billers, books, corridor, clock);
        standing = new StandingDesk(bills, new StandingTable(dsl, key), clock);
        sales = SaleDesk.open(node, dsl, corridor, clock);
        InsurancePlatform platform = new InsurancePlatform();
        platform.addPerson("310101190001000001", "31000000000001", "居民", Money.ofFen(50_000));
        DirectInsurance insurance = new DirectInsurance(platform, clock);
        MedicalTable settlements = new MedicalTable(dsl, RING, 1, clock);
        MedicalDesk desk = new MedicalDesk(new MedicalDesk.Clinic(CLINIC, DirectInsurance.CLINIC.code(), Duration.ofMinutes(1), 30, false), insurance, settlements,
                new MedicalDesk.Funds(corridor, new OpenOrders(dsl)), clock);
        clinic = new ClinicCounter(desk, insurance, settlements, DirectInsurance.CLINIC, clock);
        water.owe("W01", 100);
        water.owe("W02", 200);
    }

    /** A bank that says yes to everything. */
    private List<ApiGroup> bank(Duration patience) {
        BankGroup.Bank yes = (call, account, amount, card) ->
                corridor.take(Opening.of(call, new OrderTerms(OrderKind.DEPOSIT, account, new PartyId(601), 0, amount), Goal.PAY, Duration.ofMinutes(1), clock.instant()));
        return List.of(new BankGroup(Optional.of(yes), new OpenOrders(dsl), patience));
    }

    List<ApiGroup> groups(Duration patience) {
        return List.of(new BillGroup(bills, cancelling, patience), new StandingGroup(standing), new SaleGroup(sales), new ClinicGroup(Map.of(CLINIC, clinic)), cards(),
                bank(patience).getFirst());
    }

    private CardGroup cards() {
        RegisterTable register = new RegisterTable(dsl);
        return new CardGroup(new CardDesk(new OfficeTable(dsl, 7), corridor, clock), card -> Optional.ofNullable(register.readCards(List.of(card)).get(card)));
    }

    /** The corridor as callers have it. */
    CallersCorridor corridor() {
        return new CallersCorridor(corridor, new BillTable(dsl, StorageKey.of(RING, 1, "bill")));
    }

    /** Looks after standing orders. */
    StandingDesk standing() {
        return standing;
    }

    void close() {
        partners.stop();
    }
}
