package cn.onecard.terminal.flow;

import cn.onecard.terminal.card.CardRefused;
import cn.onecard.terminal.reader.ReaderFault;
import cn.onecard.terminal.reader.Readers;
import cn.onecard.terminal.sim.VirtualReader;
import cn.onecard.terminal.spool.Spool;
import cn.onecard.terminal.tap.ProvisionalStore;
import cn.onecard.terminal.tap.TapResult;
import cn.onecard.terminal.tap.Validator;
import cn.onecard.vocabulary.CardCounter;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TapKey;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.CardFace;
import cn.onecard.wire.Debit;
import cn.onecard.wire.Ride;
import cn.onecard.wire.TapFrame;
import java.util.SplittableRandom;

/** One terminal of the city with its virtual readers: performs its acts one after the other, from the card to the spool. For
 *  one thread. */
final class Lane implements AutoCloseable {
    /** Invented sequences begin here, far above what a PSAM ever reaches. */
    private static final long FIRST_FORGED_SEQ = 0x8000_0000L;

    private final SimCity city;
    private final SimCity.Terminal terminal;
    private final VirtualReader pad;
    private final Validator validator;
    private final Spool spool;
    private final PlayTally tally;

    private Lane(SimCity city, SimCity.Terminal terminal, VirtualReader pad, Validator validator, Outlets outlets) {
        this.city = city;
        this.terminal = terminal;
        this.pad = pad;
        this.validator = validator;
        this.spool = outlets.spool();
        this.tally = outlets.tally();
    }

    /** Where a lane's results go. */
    record Outlets(Spool spool, PlayTally tally) {}

    /** The two readers of a terminal.
     *
     *  @param pad where cards are tapped
     *  @param psam where its PSAM sits */
    record Slots(VirtualReader pad, VirtualReader psam) {}

    /** Switches a terminal on: its PSAM is put in and asked who it is. */
    static Lane open(SimCity city, TerminalId number, Slots slots, Readers readers, Outlets outlets) throws ReaderFault, CardRefused {
        SimCity.Terminal terminal = city.terminal(number);
        slots.psam().insert(terminal.psam());
        Validator validator = Validator.open(readers.reader(slots.pad().name()), readers.reader(slots.psam().name()), outlets.spool(), terminal::takeSerial, Validator.Rules.STANDARD);
        return new Lane(city, terminal, slots.pad(), validator, outlets);
    }

    /** Performs an act, when its turn has come. */
    void perform(Act act) throws InterruptedException, ProvisionalStore.Unavailable {
        if (act.kind() == Act.Kind.FORGE) {
            spool.settled(forged(act));
            tally.forged();
            return;
        }
        SimCity.Resident resident = city.resident(act.card());
        resident.turns().await(act.turn());
        try {
            TapResult result = tap(act, resident);
            if (result instanceof TapResult.Paid paid) {
                repeat(act.kind(), paid.frame());
            }
        } finally {
            resident.turns().done();
        }
    }

    @Override
    public void close() {
        validator.close();
    }

    private TapResult tap(Act act, SimCity.Resident resident) {
        pad.insert(resident.card());
        try {
            long start = System.nanoTime();
            TapResult result = validator.tap(act.request());
            tally.tapped(result, System.nanoTime() - start);
            return result;
        } finally {
            pad.remove();
        }
    }

    private void repeat(Act.Kind kind, TapFrame frame) throws ProvisionalStore.Unavailable {
        switch (kind) {
            case TAP, FORGE -> { }
            case RESEND -> spool.settled(frame);
            case CONFLICT -> {
                Ride ride = frame.ride();
                spool.settled(new TapFrame(frame.key(), frame.card(), frame.debit(), new Ride(ride.party(), ride.serviceCode(), ride.line(),
                        ride.station() + 1, ride.rideKind(), ride.fullFare(), ride.tariffVersion()), frame.terminalSerial()));
            }
        }
    }

    private TapFrame forged(Act act) {
        long number = terminal.takeForged();
        CardFace face = city.resident(act.card()).face();
        SplittableRandom random = new SplittableRandom(act.psam().value() * 31 + number);
        int tac = random.nextInt(1, Integer.MAX_VALUE);   // neither all 00 nor all FF, which would mean that there is none
        Money before = act.request().amount().plus(Money.ofFen(random.nextInt(10_000)));
        Debit debit = new Debit(act.request().txnType(), act.request().amount(), new CardCounter(random.nextInt(0x10000)), before,
                act.request().at(), new Tac(tac), false, false);
        return new TapFrame(new TapKey(act.psam(), FIRST_FORGED_SEQ + number), face, debit, act.request().ride(), terminal.takeSerial());
    }
}
