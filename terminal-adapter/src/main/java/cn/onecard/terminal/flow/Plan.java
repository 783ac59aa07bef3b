package cn.onecard.terminal.flow;

import cn.onecard.terminal.tap.TapRequest;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.EventTime;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.RideKind;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import cn.onecard.wire.Ride;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happens in a city, in order: {@code city/plan.csv}. */
final class Plan {
    private final Map<TerminalId, List<Act>> byTerminal;
    private final int acts;

    private Plan(Map<TerminalId, List<Act>> byTerminal, int acts) {
        this.byTerminal = byTerminal;
        this.acts = acts;
    }

    /** Reads the plan of a city.
     *
     *  @throws IOException naming the line that is no act */
    static Plan read(Path city) throws IOException {
        Map<TerminalId, List<Act>> byTerminal = new LinkedHashMap<>();
        Map<CardNo, Integer> turns = new HashMap<>();
        int[] acts = {0};
        CityTable.read(city.resolve("plan.csv"), row -> {
            Act act = act(row, turns);
            byTerminal.computeIfAbsent(act.psam(), _ -> new ArrayList<>()).add(act);
            acts[0]++;
        });
        return new Plan(byTerminal, acts[0]);
    }

    /** The acts of each terminal in order. Those of each card are in order by their turns. */
    Map<TerminalId, List<Act>> byTerminal() {
        return byTerminal;
    }

    /** How many acts there are. */
    int size() {
        return acts;
    }

    private static Act act(NamedCsvRecord row, Map<CardNo, Integer> turns) {
        Ride ride = new Ride(new PartyId(Integer.parseInt(row.getField("party_id"))), ServiceCode.valueOf(row.getField("service")).code(),
                Integer.parseInt(row.getField("line_no")), Integer.parseInt(row.getField("station_no")),
                RideKind.valueOf(row.getField("ride_kind")).code(), fen(row, "full_fare_fen"), Integer.parseInt(row.getField("tariff_version")));
        TapRequest request = new TapRequest(fen(row, "amount_fen"), Integer.parseInt(row.getField("txn_type")),
                EventTime.of(LocalDateTime.parse(row.getField("at"))), ride);
        CardNo card = CardNo.ofDigits(row.getField("card_no"));
        Act.Kind kind = Act.Kind.valueOf(row.getField("act"));
        int turn = kind == Act.Kind.FORGE ? 0 : turns.merge(card, 1, Integer::sum) - 1;
        return new Act(TerminalId.ofHex(row.getField("psam_no")), card, turn, request, kind);
    }

    private static Money fen(NamedCsvRecord row, String column) {
        return Money.ofFen(Long.parseLong(row.getField(column)));
    }
}
