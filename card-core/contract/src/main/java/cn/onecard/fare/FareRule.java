package cn.onecard.fare;

import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that say what the full fare of a ride is. */
sealed interface FareRule extends Rule {
    /** A rule that says where the fare of a line is found. */
    sealed interface LineRule extends FareRule {
        Scope scope();
    }

    /** One fare for every ride (一票制). */
    record Flat(Scope scope, Money fare) implements LineRule {
        @Override
        public String text() {
            return "flat," + scope.text() + "," + fare.fen();
        }
    }

    /** The terminal knows the fare from a table that is not loaded here; only a ceiling is checked. */
    record Declared(Scope scope, Money ceiling) implements LineRule {
        @Override
        public String text() {
            return "declared," + scope.text() + "," + ceiling.fen();
        }
    }

    /** The kinds of cards that a table of pairs has a fare for. Ordinary is the first. */
    record Matrix(String name, List<CardKind> kinds) implements FareRule {
        @Override
        public String text() {
            return "matrix," + name + "," + kinds.stream().map(CardKind::name).collect(Collectors.joining(","));
        }
    }

    /** Stations that are one place of a table of pairs. */
    record Zone(String matrix, String name, List<Integer> stations) implements FareRule {
        @Override
        public String text() {
            return "zone," + matrix + "," + name + "," + Numbers.text(stations);
        }
    }

    /** The fares from a place to another: a zone, a station, or * for the stations that are neither.
     *
     *  @param fares one for each kind of the matrix
     *  @param group of the ride, if it is not that of its line */
    record Pair(String matrix, String from, String to, List<Money> fares, Optional<String> group) implements FareRule {
        @Override
        public String text() {
            return Stream.concat(Stream.concat(Stream.of("pair", matrix, from, to), fares.stream().map(fare -> Long.toString(fare.fen()))),
                    group.stream()).collect(Collectors.joining(","));
        }
    }

    /** The fare of a line stands in a matrix, always or at some time. Of several rules for a line the first that applies counts.
     *
     *  @param when empty: always */
    record Table(Scope scope, String matrix, Optional<When> when) implements LineRule {
        @Override
        public String text() {
            return "table," + scope.text() + "," + matrix + when.map(time -> "," + time.text()).orElse("");
        }
    }

    /** What a distance costs.
     *
     *  @param upToMetres the longest distance, inclusive, or {@link #ENDLESS} */
    record Band(String network, int upToMetres, Money fare) implements FareRule {
        static final int ENDLESS = Integer.MAX_VALUE;

        @Override
        public String text() {
            return "band," + network + "," + (upToMetres == ENDLESS ? "*" : upToMetres) + "," + fare.fen();
        }
    }

    /** Two neighbouring stations of a network. */
    record Link(String network, int station, int neighbour, int metres) implements FareRule {
        /** The same link, seen from the other station. */
        Link back() {
            return new Link(network, /* station= */ neighbour, /* neighbour= */ station, metres);
        }

        @Override
        public String text() {
            return "link," + network + "," + station + "," + neighbour + "," + metres;
        }
    }

    /** The fare of a line is that of the shortest way through a network. */
    record Distance(Scope scope, String network) implements LineRule {
        @Override
        public String text() {
            return "distance," + scope.text() + "," + network;
        }
    }

    /** What a ride costs of which an end is missing (补票).
     *
     *  @param fare empty: the largest fare from or to the end that is known
     *  @param steps the only ones that change it */
    record Incomplete(Scope scope, Optional<Money> fare, List<StepKind> steps) implements FareRule {
        @Override
        public String text() {
            return "incomplete," + scope.text() + "," + fare.map(money -> Long.toString(money.fen())).orElse("largest")
                    + steps.stream().map(step -> "," + step.text()).collect(Collectors.joining());
        }
    }
}
