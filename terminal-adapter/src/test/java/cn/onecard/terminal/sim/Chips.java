package cn.onecard.terminal.sim;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Tac;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.TapFrame;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/** Cards and PSAMs that belong together, under public test keys, and the check that a host would make. */
public final class Chips {
    public static final TerminalId TERMINAL = TerminalId.ofHex("010203040506");
    public static final long ISSUER = 0x1122334455667788L;
    public static final int CITY = 0x2900;
    public static final CardNo CARD = CardNo.ofDigits("03100011223344556677");
    public static final CardNo OTHER_CARD = CardNo.ofDigits("03100011223344556688");
    private static final byte[] PURCHASE_MASTER = HexFormat.of().parseHex("00112233445566778899AABBCCDDEEFF");
    private static final byte[] TAC_MASTER = HexFormat.of().parseHex("11223344556677888877665544332211");
    private static final FactorFormat FACTORS = FactorFormat.parse("issuer > asn");

    private Chips() {}

    /** An ordinary card, key version 1, off-line counter 7. */
    public static VirtualCard card(CardNo number, Algorithm algorithm, Money balance) {
        CardProfile profile = new CardProfile(number, 1, CardKind.STUDENT, ISSUER, CITY, algorithm, 1,
                LocalDate.of(2025, 1, 1), LocalDate.of(2035, 12, 31), balance, 7);
        return VirtualCard.personalised(profile, FACTORS.cardKey(algorithm, PURCHASE_MASTER, number, ISSUER, CITY), dtk(algorithm, number));
    }

    /** A PSAM that can serve those cards, sequence 0x10203. */
    public static VirtualPsam psam(TerminalId terminal) {
        return VirtualPsam.personalised(terminal, 0x10203,
                List.of(new PsamKey(1, Algorithm.TDES, PURCHASE_MASTER), new PsamKey(1, Algorithm.SM4, PURCHASE_MASTER)));
    }

    /** The TAC that the card of a frame would have made over what the frame says. */
    public static Tac tacOf(TapFrame frame, Algorithm algorithm) {
        byte[] key = PurseCrypto.tacKey(algorithm, dtk(algorithm, frame.card().cardNo()));
        return new Tac(PurseCrypto.mac(algorithm, key, PurseInput.purchaseTac(frame.debit().amount(), frame.debit().type(),
                frame.key(), frame.debit().eventTime())));
    }

    /** The TAC that a card makes which was just loaded at {@link #TERMINAL}.
     *
     *  @param onlineCounter before the load */
    public static Tac loadTacOf(VirtualCard loaded, int onlineCounter, Money amount, EventTime hostTime) {
        Algorithm algorithm = loaded.profile().algorithm();
        byte[] key = PurseCrypto.tacKey(algorithm, dtk(algorithm, loaded.profile().cardNo()));
        return new Tac(PurseCrypto.mac(algorithm, key, PurseInput.loadTac(loaded.balance(), onlineCounter, amount, 0x02,
                new PurseInput.TerminalTime(TERMINAL, hostTime))));
    }

    private static byte[] dtk(Algorithm algorithm, CardNo number) {
        return FACTORS.cardKey(algorithm, TAC_MASTER, number, ISSUER, CITY);
    }
}
