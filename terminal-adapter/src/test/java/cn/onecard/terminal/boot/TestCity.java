package cn.onecard.terminal.boot;

import cn.onecard.purse.FactorFormat;
import cn.onecard.purse.PurseCrypto;
import cn.onecard.purse.PurseInput;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.Refusal;
import cn.onecard.vocabulary.TapOutcome;
import cn.onecard.wire.TapFrame;
import cn.onecard.wire.proto.TapAck;
import cn.onecard.terminal.uplink.FakeCore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A small city on disk, as the other programs write it, and the keys to check its TACs with. */
final class TestCity {
    static final int CARDS = 12;
    static final int PSAMS = 4;
    static final long OPENING_FEN = 2000;
    private static final FactorFormat FACTORS = FactorFormat.parse("issuer > asn");
    private static final long ISSUER = 0x0104_7100_0000_0000L;
    private static final int CITY = 0x4710;

    private final Path data;
    private final List<String> plan = new ArrayList<>();
    private int seconds;

    TestCity(Path data) throws IOException {
        this.data = data;
        List<String> cards = new ArrayList<>(List.of("card_no,card_class,card_kind,issuer_id,city,algorithm,key_scheme,state,state_since,"
                + "valid_from,valid_to,opening_balance_fen,first_counter"));
        List<String> cardKeys = new ArrayList<>(List.of("card_no,dpk,dtk,key_version"));
        for (int n = 0; n < CARDS; n++) {
            CardNo number = card(n);
            cards.add("%s,1,ORDINARY,%016X,%04X,%s,t-union,ACTIVE,2026-01-01T00:00:00,2025-01-01,2030-12-31,%d,7"
                    .formatted(number.digits(), ISSUER, CITY, algorithm(number), OPENING_FEN));
            cardKeys.add("%s,%s,%s,1".formatted(number.digits(), hex(key(number, "dpk")), hex(key(number, "dtk"))));
        }
        List<String> psams = new ArrayList<>(List.of("psam_no,gateway,party_id,service,district,valid_from,valid_to,first_seq"));
        List<String> psamKeys = new ArrayList<>(List.of("psam_no,algorithm,key_version,key_scheme,mpk"));
        for (int n = 0; n < PSAMS; n++) {
            psams.add("%s,north,101,BUS,440301,2025-01-01,2030-12-31,100".formatted(psam(n)));
            for (Algorithm algorithm : Algorithm.values()) {
                psamKeys.add("%s,%s,1,t-union,%s".formatted(psam(n), algorithm, hex(master("dpk", algorithm))));
            }
        }
        write("city/cards.csv", cards);
        write("city/psams.csv", psams);
        write("secrets/perso/cards.csv", cardKeys);
        write("secrets/perso/psams.csv", psamKeys);
        plan.add("at,psam_no,card_no,amount_fen,full_fare_fen,ride_kind,service,line_no,station_no,party_id,tariff_version,txn_type,act");
    }

    /** Another line of the plan, a second after the one before. */
    void act(int psam, int card, int amountFen, String kind) throws IOException {
        seconds++;
        plan.add("2026-11-24T08:%02d:%02d,%s,%s,%d,%d,SINGLE,BUS,12,3,101,1,%d,%s".formatted(seconds / 60 % 60, seconds % 60, psam(psam),
                card(card).digits(), amountFen, amountFen, amountFen == 0 ? 9 : 6, kind));
        write("city/plan.csv", plan);
    }

    /** What a core with the keys would answer: it checks the TAC. */
    static TapAck verify(TapFrame frame) {
        Algorithm algorithm = algorithm(frame.card().cardNo());
        byte[] tacKey = PurseCrypto.tacKey(algorithm, key(frame.card().cardNo(), "dtk"));
        int tac = PurseCrypto.mac(algorithm, tacKey,
                PurseInput.purchaseTac(frame.debit().amount(), frame.debit().type(), frame.key(), frame.debit().eventTime()));
        return tac == frame.debit().tac().value() ? FakeCore.ack(frame.key(), TapOutcome.ACCEPTED, 0)
                : FakeCore.ack(frame.key(), TapOutcome.FORGED, Refusal.TAC_WRONG.code());
    }

    static CardNo card(int n) {
        return CardNo.ofDigits("31047100000000%06d".formatted(n));
    }

    static String psam(int n) {
        return "0101%08X".formatted(n + 1);
    }

    private static Algorithm algorithm(CardNo number) {
        return number.asn8() % 2 == 0 ? Algorithm.TDES : Algorithm.SM4;
    }

    private static byte[] key(CardNo number, String usage) {
        return FACTORS.cardKey(algorithm(number), master(usage, algorithm(number)), number, ISSUER, CITY);
    }

    private static byte[] master(String usage, Algorithm algorithm) {
        byte[] key = new byte[PurseCrypto.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (usage.charAt(1) * 31 + algorithm.code() * 7 + i);
        }
        return key;
    }

    private static String hex(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    private void write(String file, List<String> lines) throws IOException {
        Path path = data.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, lines);
    }
}
