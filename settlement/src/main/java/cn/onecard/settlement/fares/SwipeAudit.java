package cn.onecard.settlement.fares;

import cn.onecard.fare.Charges;
import cn.onecard.fare.Journey;
import cn.onecard.fare.Leg;
import cn.onecard.fare.PaidBefore;
import cn.onecard.fare.PastRide;
import cn.onecard.fare.Price;
import cn.onecard.fare.Stop;
import cn.onecard.fare.Tariff;
import cn.onecard.settlement.city.Swipe;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.RideKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Holds recorded swipes against a fare table: every charge is explained by the rules, or listed with why it is not.
 *
 *  <p><b>What is known.</b> A swipe says whether the terminal gave a transfer, and not of which kind the card is. A charge is explained if
 *  the rules come to it for some kind of card with, or without, a transfer as the swipe says; a card must then be of one kind in all its
 *  swipes. Where the file also holds the ride before, the rules themselves say whether there is a transfer, and the mark is audited. */
public final class SwipeAudit {
    private final Tariff tariff;
    private final Map<String, Seen> cards = new HashMap<>();
    private final Set<Object> swipes = new HashSet<>();
    private final Map<Explained, Integer> explained = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int free;           // written by audit()
    /** Numbers for lines and stations that the fare table has no name for. */
    private final Map<String, Integer> invented = new HashMap<>();

    private SwipeAudit(Tariff tariff) {
        this.tariff = tariff;
    }

    /** Why a charge is not explained. */
    public enum Reason {
        /** The same swipe stands in the file twice. */
        SWIPE_TWICE,
        /** The rules have no fare for the ride. */
        NO_FARE,
        /** The discount of a transfer was given, and the swipe is not marked as one. */
        TRANSFER_NOT_MARKED,
        /** A transfer was given, though by the ride before there is none. */
        TRANSFER_UNDUE,
        /** A transfer was due by the mark or by the ride before, and was not given. */
        TRANSFER_NOT_GIVEN,
        /** Other swipes of the card are explained by another kind of card. */
        KIND_CHANGES,
        /** The full fare was charged, and no kind of card pays that. */
        NO_DISCOUNT,
        /** More was charged than any card would pay. */
        TOO_HIGH,
        /** Another amount than any card would pay. */
        NO_RULE_FITS
    }

    /** A charge that is not explained.
     *
     *  @param why in words, with what the rules come to */
    public record Finding(Swipe swipe, Reason reason, String why) {}

    /** How charges are explained: by the rules for a kind of card, with a transfer or without. */
    public record Explained(CardKind kind, boolean transfer) {}

    /** What an audit comes to.
     *
     *  @param swipes how many there are
     *  @param free entries that rightly cost nothing
     *  @param explained how many charges are explained in which way
     *  @param findings all others, by line */
    public record Result(int swipes, int free, Map<Explained, Integer> explained, List<Finding> findings) {
        public Result {
            explained = Map.copyOf(explained);
            findings = List.copyOf(findings);
        }

        /** How many findings there are of each reason. */
        public Map<Reason, Integer> byReason() {
            Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
            findings.forEach(finding -> counts.merge(finding.reason(), 1, Integer::sum));
            return counts;
        }
    }

    /** What the file has shown of a card.
     *
     *  @param entry its last metro entry, until the exit
     *  @param before its last ride
     *  @param kind what its charges are explained by, from the first that tells */
    private record Seen(Optional<Stop> entry, Optional<Ride> before, Optional<CardKind> kind) {
        private static final Seen NOTHING = new Seen(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private record Ride(long row, PastRide past) {}

    /** Audits swipes. */
    public static Result audit(List<Swipe> swipes, Tariff tariff) {
        SwipeAudit audit = new SwipeAudit(tariff);
        swipes.stream().sorted(Comparator.comparing(Swipe::at).thenComparingLong(Swipe::row)).forEach(audit::audit);
        audit.findings.sort(Comparator.comparingLong(finding -> finding.swipe().row()));
        return new Result(swipes.size(), audit.free, audit.explained, audit.findings);
    }

    private void audit(Swipe swipe) {
        if (!swipes.add(List.of(swipe.card(), swipe.at(), swipe.ride(), swipe.charged(), swipe.fullFare(), swipe.terminal()))) {
            findings.add(finding(swipe, Reason.SWIPE_TWICE, "an earlier line is the same swipe"));
            return;
        }
        Seen seen = cards.getOrDefault(swipe.card(), Seen.NOTHING);
        Leg leg = leg(swipe, seen);
        if (swipe.ride() == RideKind.ENTRY && swipe.charged().fen() == 0) {
            free++;
            cards.put(swipe.card(), new Seen(leg.entry(), seen.before(), seen.kind()));
            return;
        }
        Case open = new Case(swipe, leg, seen.before());
        Optional<Finding> finding = open.judge();
        Optional<CardKind> kind = finding.isPresent() ? Optional.empty() : open.kind();
        if (finding.isEmpty() && kind.isPresent()) {
            if (tells(swipe) && !seen.kind().orElse(kind.get()).equals(kind.get())) {
                finding = Optional.of(finding(swipe, Reason.KIND_CHANGES, "a charge of " + kind.get() + ", after one of " + seen.kind().get()));
            } else {
                explained.merge(new Explained(kind.get(), open.transferred()), 1, Integer::sum);
            }
        }
        finding.ifPresent(findings::add);
        int transfers = open.transferred() ? 1 + seen.before().map(ride -> ride.past().transfers()).orElse(0) : 0;
        cards.put(swipe.card(), new Seen(Optional.empty(), Optional.of(new Ride(swipe.row(), new PastRide(leg, swipe.charged(), transfers))),
                seen.kind().or(() -> tells(swipe) ? kind : Optional.empty())));
    }

    private static Finding finding(Swipe swipe, Reason reason, String why) {
        return new Finding(swipe, reason, "charged " + swipe.charged() + ": " + why);
    }

    /** A ride for nothing costs every kind of card the same. */
    private static boolean tells(Swipe swipe) {
        return swipe.fullFare().fen() > 0;
    }

    private Leg leg(Swipe swipe, Seen seen) {
        int line = tariff.findLine(swipe.service(), swipe.lineName()).orElseGet(() -> number(swipe.lineName()));
        Optional<Stop> here = Optional.of(new Stop(tariff.findStation(swipe.place()).orElseGet(() -> number(swipe.place())), swipe.at()));
        return swipe.ride() == RideKind.EXIT ? new Leg(swipe.service(), line, swipe.ride(), seen.entry(), here, swipe.fullFare())
                : new Leg(swipe.service(), line, swipe.ride(), here, Optional.empty(), swipe.fullFare());
    }

    /** A number that tells a line from others, and nothing more. */
    private int number(String name) {
        return invented.computeIfAbsent(name, key -> Integer.MAX_VALUE - invented.size());
    }

    /** One charge under audit. */
    private final class Case {
        private final Swipe swipe;
        private final Leg leg;
        private final Optional<Ride> before;
        private Optional<CardKind> kind = Optional.empty();     // written by judge()
        private boolean transferred;                            // written by judge()

        Case(Swipe swipe, Leg leg, Optional<Ride> before) {
            this.swipe = swipe;
            this.leg = leg;
            this.before = before;
        }

        /** The kind of card that explains the charge, once it is judged. */
        Optional<CardKind> kind() {
            return kind;
        }

        /** Whether the price of a transfer was charged, once it is judged. */
        boolean transferred() {
            return transferred;
        }

        Optional<Finding> judge() {
            Charges ordinary = tariff.charges(leg, CardKind.ORDINARY);
            if (ordinary.prices().isEmpty()) {
                return found(Reason.NO_FARE, tariff.price(Journey.alone(leg, CardKind.ORDINARY)).toString());
            }
            Optional<CardKind> plain = explaining(price -> price.transfers() == 0);
            Optional<CardKind> withTransfer = explaining(price -> price.transfers() > 0);
            String rideBefore = before.map(ride -> "; the ride before is in line " + ride.row() + ", at " + ride.past().leg().entry()
                    .or(ride.past().leg()::exit).map(Stop::at).map(Object::toString).orElse("")).orElse("");
            boolean given = swipe.transfer() ? withTransfer.isPresent() : plain.isEmpty() && withTransfer.isPresent();
            transferred = given;
            kind = given ? withTransfer : plain;
            Optional<Boolean> due = transferDue(kind.orElse(CardKind.ORDINARY));
            if (given && due.isPresent() && !due.get()) {
                return found(Reason.TRANSFER_UNDUE, "a transfer, which it is not by the rules" + rideBefore);
            }
            if (given && !swipe.transfer() && due.isEmpty()) {
                return found(Reason.TRANSFER_NOT_MARKED, "the price of a transfer, and no mark");
            }
            if (!given && plain.isPresent() && (swipe.transfer() || (due.orElse(false) && !plain.equals(withTransfer)))) {
                return found(Reason.TRANSFER_NOT_GIVEN, (swipe.transfer() ? "marked as a transfer" : "a transfer by the rules") + rideBefore);
            }
            return kind.isPresent() ? Optional.empty() : unexplained(ordinary);
        }

        private Optional<Finding> unexplained(Charges ordinary) {
            String comesTo = "an ordinary card would pay " + ordinary.prices().getFirst().explanation();
            if (swipe.charged().equals(swipe.fullFare())) {
                return found(Reason.NO_DISCOUNT, comesTo);
            }
            boolean tooHigh = ordinary.findHighest().filter(highest -> swipe.charged().compareTo(highest) > 0).isPresent();
            return found(tooHigh ? Reason.TOO_HIGH : Reason.NO_RULE_FITS, comesTo);
        }

        private Optional<CardKind> explaining(Predicate<Price> which) {
            for (CardKind each : tariff.kinds()) {
                Charges charges = tariff.charges(leg, each);
                List<Price> prices = charges.prices().stream().filter(which).toList();
                if (new Charges(prices, charges.orLess()).find(swipe.fullFare(), swipe.charged()).isPresent()) {
                    return Optional.of(each);
                }
            }
            return Optional.empty();
        }

        /** Whether the rules see a transfer from the ride before; empty if the file does not show both rides whole. */
        private Optional<Boolean> transferDue(CardKind card) {
            boolean whole = leg.entry().isPresent() && before.filter(ride -> ride.past().leg().entry().isPresent()).isPresent();
            return whole ? before.map(ride -> tariff.price(new Journey(leg, card, Optional.of(ride.past()), PaidBefore.NOTHING))
                    instanceof Price price && price.transfers() > 0) : Optional.empty();
        }

        private Optional<Finding> found(Reason reason, String why) {
            return Optional.of(finding(swipe, reason, why));
        }
    }
}
