package cn.onecard.engine.card;

import cn.onecard.engine.key.KeyId;
import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.KeySchemes;
import cn.onecard.engine.key.KeyUsage;
import cn.onecard.engine.key.PrivateFile;
import cn.onecard.purse.FactorFormat;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.TerminalId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/** Makes what the personalisation bureau writes into cards and PSAMs: each card's purchase, TAC and load key, and for each PSAM the
 *  purchase master keys, but those that do not leave their token: they come to the bureau as components. The files hold keys in clear; they are mode 600 and belong to the bureau alone.
 *
 *  <pre>
 *  cards.csv   card_no,dpk,dtk,key_version,dlk
 *  psams.csv   psam_no,algorithm,key_version,key_scheme,mpk
 *  </pre> */
public final class Personalisation {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final KeyRing ring;
    private final KeySchemes schemes;

    public Personalisation(KeyRing ring, KeySchemes schemes) {
        this.ring = ring;
        this.schemes = schemes;
    }

    /** How many there were. */
    public record Counts(int cards, int psams) {}

    /** Writes both files for the cards and PSAMs of a city.
     *
     *  @param keyVersion the version that the cards are made with
     *  @throws RegistrationFailed naming the file and line that is wrong */
    public Counts write(Path city, Path perso, int keyVersion) throws IOException {
        List<String> cards = CityFile.read(city.resolve("cards.csv"), line -> card(line, keyVersion));
        List<String> psams = CityFile.read(city.resolve("psams.csv"), this::psam);
        PrivateFile.write(perso.resolve("cards.csv"), file("card_no,dpk,dtk,key_version,dlk\n", cards));
        PrivateFile.write(perso.resolve("psams.csv"), file("psam_no,algorithm,key_version,key_scheme,mpk\n", psams));
        return new Counts(cards.size(), psams.size());
    }

    private String card(CityFile.Line line, int keyVersion) {
        CardNo cardNo = line.parsed("card_no", CardNo::ofDigits);
        KeyProfile profile = new KeyProfile(line.text("key_scheme"), line.parsed("algorithm", Algorithm::valueOf),
                line.hex("issuer_id"), (int) line.hex("city"));
        return cardNo.digits() + "," + key(KeyUsage.PURCHASE, keyVersion, cardNo, profile) + ","
                + key(KeyUsage.TAC, keyVersion, cardNo, profile) + "," + keyVersion + "," + key(KeyUsage.LOAD, keyVersion, cardNo, profile) + "\n";
    }

    private String key(KeyUsage usage, int version, CardNo cardNo, KeyProfile profile) {
        FactorFormat format = schemes.findFormat(profile.scheme())
                .orElseThrow(() -> new IllegalArgumentException("key_scheme: no scheme " + profile.scheme()));
        KeyId id = new KeyId(usage, version, profile.algorithm());
        ring.findRetiredFrom(id).ifPresent(from -> {
            throw new IllegalArgumentException("master keys of version " + version + " are retired from " + from + " on");
        });
        return ring.findCardKey(id, format, cardNo, profile.issuerId(), profile.city())
                .map(HEX::formatHex)
                .orElseThrow(() -> new IllegalArgumentException("no master key of version " + version + " for " + profile.algorithm()));
    }

    private String psam(CityFile.Line line) {
        String psamNo = line.parsed("psam_no", TerminalId::ofHex).hex();
        StringBuilder rows = new StringBuilder();
        for (KeyId id : ring.listIds()) {
            if (id.usage() == KeyUsage.PURCHASE && ring.canLeave(id)) {
                for (String scheme : schemes.listNames()) {
                    rows.append(psamNo).append(',').append(id.algorithm()).append(',').append(id.version()).append(',')
                            .append(scheme).append(',').append(HEX.formatHex(ring.master(id))).append('\n');
                }
            }
        }
        return rows.toString();
    }

    private static byte[] file(String header, List<String> rows) {
        StringBuilder text = new StringBuilder(header);
        rows.forEach(text::append);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
