package cn.onecard.engine.card;

import static cn.onecard.sql.tables.ledger.Tables.CARD;
import static cn.onecard.sql.tables.ledger.Tables.PSAM;
import static cn.onecard.sql.tables.ledger.Tables.TARIFF;

import cn.onecard.fare.Tariff;
import cn.onecard.vocabulary.Algorithm;
import cn.onecard.vocabulary.CardKind;
import cn.onecard.vocabulary.CardNo;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.ServiceCode;
import cn.onecard.vocabulary.TerminalId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;

/** The register's tables, read many rows at a time. */
public final class RegisterTable {
    private final DSLContext dsl;

    public RegisterTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** Those of the cards that are registered. */
    public Map<CardNo, CardMaster> readCards(Collection<? extends CardNo> numbers) {
        Map<CardNo, CardMaster> cards = new HashMap<>();
        dsl.selectFrom(CARD).where(CARD.CARD_NO.in(numbers)).forEach(row -> cards.put(row.getCardNo(), card(row)));
        return cards;
    }

    /** Those of the PSAMs that are registered. */
    public Map<TerminalId, PsamMaster> readPsams(Collection<? extends TerminalId> numbers) {
        Map<TerminalId, PsamMaster> psams = new HashMap<>();
        dsl.selectFrom(PSAM).where(PSAM.PSAM_NO.in(numbers)).forEach(row -> psams.put(row.getPsamNo(), psam(row)));
        return psams;
    }

    /** Those of the fare tables that are registered. */
    public Map<Integer, Tariff> readTariffs(Collection<? extends Integer> versions) {
        Map<Integer, Tariff> tariffs = new HashMap<>();
        dsl.select(TARIFF.TARIFF_VERSION, TARIFF.BODY).from(TARIFF).where(TARIFF.TARIFF_VERSION.in(versions))
                .forEach(row -> tariffs.put(row.value1(), Tariff.parse(row.value2())));
        return tariffs;
    }

    private static CardMaster card(Record row) {
        KeyProfile profile = new KeyProfile(row.get(CARD.KEY_SCHEME), Algorithm.byCode(row.get(CARD.ALGORITHM_CODE)),
                row.get(CARD.ISSUER_ID), row.get(CARD.CITY));
        CardKind kind = CardKind.findByCode(row.get(CARD.CARD_KIND))
                .orElseThrow(() -> new IllegalStateException("the register has a card of a kind that does not exist"));
        return new CardMaster(row.get(CARD.CARD_NO), row.get(CARD.CARD_CLASS), kind, profile,
                CardState.byCode(row.get(CARD.STATE_CODE)), row.get(CARD.STATE_SINCE), row.get(CARD.VALID_FROM), row.get(CARD.VALID_TO));
    }

    private static PsamMaster psam(Record row) {
        ServiceCode service = ServiceCode.findByCode(row.get(PSAM.SERVICE_CODE))
                .orElseThrow(() -> new IllegalStateException("the register has a PSAM of a service that does not exist"));
        return new PsamMaster(row.get(PSAM.PSAM_NO), row.get(PSAM.GATEWAY), new PartyId(row.get(PSAM.PARTY_ID)), service,
                row.get(PSAM.VALID_FROM), row.get(PSAM.VALID_TO));
    }
}
