package cn.onecard.analytics.extract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The public part of what is decided once for all releases: which tables, and how much one card can add to them. It is
 *  versioned, and a version never changes once it has been used. The numbers of the dominance rule are not here: they are
 *  confidential.
 *
 *  @param id                 name of the policy
 *  @param version            its version
 *  @param maxCellsPerCardDay most joint cells that one card counts in on one day
 *  @param maxTapsPerCell     most taps of a card that count in one of them
 *  @param maxFenPerCell      most fen of a card that count in one of them
 *  @param minCards           fewest distinct cards in a published cell
 *  @param lattice            the published tables */
public record Policy(String id, int version, int maxCellsPerCardDay, long maxTapsPerCell, long maxFenPerCell, int minCards,
        Lattice lattice) {
    /** The version in force. */
    public static final int CURRENT = 1;

    public Policy {
        if (maxCellsPerCardDay < 1 || maxTapsPerCell < 1 || maxFenPerCell < 1 || minCards < 2) {
            throw new IllegalArgumentException("the bounds of policy " + id + " are not all positive");
        }
    }

    /** The policy of that version.
     *
     *  @throws IllegalArgumentException if there is no such version */
    public static Policy load(int version) {
        Properties text = new Properties();
        try (InputStream stream = Policy.class.getResourceAsStream("policy-" + version + ".properties")) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no policy version " + version);
            }
            text.load(stream);
        } catch (IOException broken) {
            throw new UncheckedIOException("the policy cannot be read", broken);
        }
        Lattice lattice = new Lattice(Arrays.stream(text.getProperty("tables").split(",")).map(Policy::table).toList());
        return new Policy(text.getProperty("id"), Integer.parseInt(text.getProperty("version")),
                Integer.parseInt(text.getProperty("maxCellsPerCardDay")), Long.parseLong(text.getProperty("maxTapsPerCell")),
                Long.parseLong(text.getProperty("maxFenPerCell")), Integer.parseInt(text.getProperty("minCards")), lattice);
    }

    private static Set<Dimension> table(String text) {
        return Arrays.stream(text.strip().split("\\*")).map(Dimension::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
