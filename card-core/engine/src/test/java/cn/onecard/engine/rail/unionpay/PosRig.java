package cn.onecard.engine.rail.unionpay;

import static cn.onecard.engine.testing.RailsVectors.bytesOf;

import cn.onecard.engine.key.MacMethod;
import cn.onecard.engine.key.SignOnForm;
import cn.onecard.engine.key.TerminalMasterKey;
import cn.onecard.engine.partner.unionpay.BankHost;
import cn.onecard.engine.partner.unionpay.FaultyHost;
import cn.onecard.engine.partner.PartnerFault;
import cn.onecard.engine.rail.iso8583.Pan;
import cn.onecard.engine.rail.iso8583.PosHeader;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.engine.rail.iso8583.Tpdu;
import cn.onecard.engine.rail.tlv.Tlv;
import cn.onecard.vocabulary.Money;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;

/** A terminal, its journal, a line and a host that does wrong as the test says. */
final class PosRig {
    static final Pan CARD = new Pan("6212340000000000012");
    static final Pan OTHER_CARD = new Pan("6212340000000000020");
    static final Money BALANCE = Money.ofFen(1_000_00);
    static final String PIN = "123456";
    private static final LinkSettings.Identity IDENTITY = new LinkSettings.Identity("00000001", "898000000000001", "01 ");

    private final TerminalMasterKey masterKey;
    private final LinkSettings settings;
    private final Queue<PartnerFault> faults = new ArrayDeque<>();
    private final BankHost host;
    private final DirectLine line;
    private final FaultyHost faulty;
    private final MemoryJournal journal = new MemoryJournal();
    private Instant now = Instant.parse("2026-11-25T04:00:00Z");
    private long legs;

    PosRig() {
        this(MacMethod.CUP_ECB_3DES, SignOnForm.DOUBLE);
    }

    PosRig(MacMethod method, SignOnForm form) {
        List<byte[]> components = List.of(bytesOf("000102030405060708090A0B0C0D0E0F"), bytesOf("70F2A84CCBC2AE8625CBB0F2C22AB923"));
        masterKey = form == SignOnForm.SM4 ? TerminalMasterKey.ofSm4(components) : TerminalMasterKey.ofTdes(components);
        settings = new LinkSettings(IDENTITY, new LinkSettings.Wire(Profile.CUP_POS_64, new Tpdu(3, 0), new PosHeader("603100311003")),
                new LinkSettings.Security(method, form), new LinkSettings.Patience(Duration.ofSeconds(10), 3));
        host = new BankHost(method, new RigClock(), new SplittableRandom(1));
        host.addTerminal(IDENTITY.terminal(), IDENTITY.merchant(), masterKey);
        host.addAccount(CARD, PIN, BALANCE);
        host.addAccount(OTHER_CARD, PIN, BALANCE);
        faulty = new FaultyHost(host, Profile.CUP_POS_64, () -> Optional.ofNullable(faults.poll()).orElse(PartnerFault.NONE));
        line = new DirectLine(faulty);
    }

    /** The time of the host. */
    private final class RigClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** A terminal that has just started. */
    PosTerminal terminal() {
        return new PosTerminal(settings, masterKey, journal, line);
    }

    /** What the host does wrong with the next messages. */
    void fault(PartnerFault... next) {
        faults.addAll(Arrays.asList(next));
    }

    void noMoreFaults() {
        faults.clear();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    void killAt(KillPoint point) {
        journal.killAt(point);
        line.killAt(point);
    }

    BankHost host() {
        return host;
    }

    FaultyHost faulty() {
        return faulty;
    }

    LinkSettings settings() {
        return settings;
    }

    TerminalMasterKey masterKey() {
        return masterKey;
    }

    DirectLine line() {
        return line;
    }

    MemoryJournal journal() {
        return journal;
    }

    UUID leg() {
        return new UUID(8583, ++legs);
    }

    BankRequest sale(long fen) {
        return BankRequest.sale(leg(), chipCard(), Money.ofFen(fen));
    }

    /** A card whose chip was read. */
    static CardEntry chipCard() {
        return new CardEntry(CARD, "05", new CardEntry.Face(Optional.of("3012"), Optional.of("001"), Optional.of("6212340000000000012=3012201123456")),
                List.of(Tlv.of(0x9F26, bytesOf("0123456789ABCDEF")), Tlv.of(0x9F27, bytesOf("80")), Tlv.of(0x9F36, bytesOf("001C"))), Optional.empty());
    }

    /** A card whose stripe was read. */
    static CardEntry stripeCard() {
        return new CardEntry(CARD, "02", new CardEntry.Face(Optional.of("3012"), Optional.empty(), Optional.of("6212340000000000012=3012201123456")), List.of(),
                Optional.empty());
    }
}
