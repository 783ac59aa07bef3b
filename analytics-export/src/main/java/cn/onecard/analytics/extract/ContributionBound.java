package cn.onecard.analytics.extract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Bounds what one card can add to the cube (贡献限制): a number of joint cells, and in each of them a number of taps and of
 *  fen. Which cells are kept is decided by a keyed hash of day, card and cell, so it depends on nobody else's data and
 *  cannot be steered from outside. */
public final class ContributionBound {
    private final Policy policy;
    private final byte[] key;

    /** A bound by this policy, choosing with this secret key. */
    public ContributionBound(Policy policy, byte[] key) {
        this.policy = policy;
        this.key = key.clone();
    }

    /** The card's day within the bounds. */
    public CardDay bound(CardDay day) {
        List<CardDay.Part> kept = new ArrayList<>(day.parts());
        if (kept.size() > policy.maxCellsPerCardDay()) {
            List<Ranked> ranked = new ArrayList<>(kept.stream().map(part -> new Ranked(rank(day, part.cell()), part)).toList());
            ranked.sort(Comparator.comparing(Ranked::rank));
            kept = ranked.subList(0, policy.maxCellsPerCardDay()).stream().map(Ranked::part).toList();
        }
        return new CardDay(day.businessDate(), day.dayCardNo(), kept.stream()
                .map(part -> new CardDay.Part(part.cell(), Math.min(part.taps(), policy.maxTapsPerCell()),
                        Math.clamp(part.amountFen(), 0, policy.maxFenPerCell())))
                .toList());
    }

    private record Ranked(String rank, CardDay.Part part) {}

    private String rank(CardDay day, Cell cell) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(12).putLong(day.businessDate().day().toEpochDay()).putInt(day.dayCardNo()).flip());
            return HexFormat.of().formatHex(mac.doFinal(cell.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }
}
