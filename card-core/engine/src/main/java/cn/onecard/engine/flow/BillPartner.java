package cn.onecard.engine.flow;

import cn.onecard.engine.bill.BillOrder;
import cn.onecard.engine.bill.BillTable;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.order.OrderId;
import cn.onecard.engine.outbox.FollowUp;
import cn.onecard.engine.outbox.Partner;
import cn.onecard.engine.outbox.PartnerAnswer;
import cn.onecard.engine.outbox.PartnerMessage;
import cn.onecard.engine.rail.utility.Biller;
import cn.onecard.engine.rail.utility.BillerAnswer;
import cn.onecard.engine.rail.utility.BillerDescriptor;
import java.util.Base64;
import java.util.Optional;

/** A biller as the partner desk knows it. What is paid is read from the payment's row; a fulfilment is kept sealed. */
public final class BillPartner implements Partner {
    private static final int CALLS_AT_ONCE = 16;

    private final Biller biller;
    private final BillTable bills;
    private final StorageKey key;

    /** @param key what fulfilments are sealed with */
    public BillPartner(Biller biller, BillTable bills, StorageKey key) {
        this.biller = biller;
        this.bills = bills;
        this.key = key;
    }

    /** How the partner desk deals with it: as long and as often as its descriptor says. */
    public PartnerDesk.Terms terms() {
        return new PartnerDesk.Terms(this, followUp(biller.descriptor()), CALLS_AT_ONCE);
    }

    /** How a biller is asked again. */
    static FollowUp followUp(BillerDescriptor descriptor) {
        BillerDescriptor.Patience patience = descriptor.patience();
        return new FollowUp(patience.connect().plus(patience.answer()).plusSeconds(1), patience.visibility(), FollowUp.STANDARD.cutOff());
    }

    @Override
    public String name() {
        return biller.descriptor().biller();
    }

    @Override
    public PartnerAnswer act(PartnerMessage message) {
        return answer(message.order(), biller.pay(bill(message).payment()));
    }

    @Override
    public PartnerAnswer ask(PartnerMessage message) {
        return answer(message.order(), biller.status(bill(message).payment()));
    }

    /** What was kept of a fulfilment, in the clear. */
    static byte[] open(StorageKey key, OrderId order, String kept) {
        return kept.isEmpty() ? new byte[0] : key.open(Base64.getDecoder().decode(kept), order.bytes());
    }

    private PartnerAnswer answer(OrderId order, BillerAnswer said) {
        return switch (said) {
            case BillerAnswer.Confirmed confirmed -> new PartnerAnswer.Confirmed(confirmed.reference(), Optional.of(confirmed.amount()),
                    confirmed.fulfilment().length == 0 ? "" : Base64.getEncoder().encodeToString(key.seal(confirmed.fulfilment(), order.bytes())));
            case BillerAnswer.Rejected rejected -> new PartnerAnswer.Rejected(rejected.code());
            case BillerAnswer.Processing() -> new PartnerAnswer.Processing();
            case BillerAnswer.NotFound() -> new PartnerAnswer.NotFound();
            case BillerAnswer.NotSent notSent -> new PartnerAnswer.NotSent(notSent.why());
            case BillerAnswer.Unknown unknown -> new PartnerAnswer.Unknown(unknown.why());
        };
    }

    private BillOrder bill(PartnerMessage message) {
        return bills.find(message.order()).orElseThrow(() -> new IllegalStateException("order " + message.order() + " pays no bill"));
    }
}
