package cn.onecard.engine.medical;

import static cn.onecard.sql.tables.ledger.Tables.MEDICAL_LINK;
import static cn.onecard.sql.tables.ledger.Tables.MEDICAL_SETTLEMENT;

import cn.onecard.engine.key.KeyRing;
import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.rail.nhsa.Input;
import cn.onecard.engine.rail.nhsa.MessageId;
import cn.onecard.engine.rail.nhsa.Split;
import cn.onecard.sql.tables.ledger.tables.records.MedicalSettlementRecord;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.PartyId;
import cn.onecard.vocabulary.Utc;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.IntegrityConstraintViolationException;

/** Medical settlements in the ledger. A call is one transaction. A settlement goes from one state to the next for one caller alone:
 *  who comes second is told so, on whichever node. The claim is sealed, for it has the person's number. */
public final class MedicalTable {
    private static final String PURPOSE = "medical";
    private static final int LONGEST_REASON = 80;

    private final DSLContext dsl;
    private final PatientItems items;
    private final StorageKey key;
    private final Clock clock;

    /** @param ring what claims are sealed with
     *  @param keyVersion of the storage master */
    public MedicalTable(DSLContext dsl, KeyRing ring, int keyVersion, Clock clock) {
        this.dsl = dsl;
        this.items = new PatientItems(dsl, ring, keyVersion);
        this.key = StorageKey.of(ring, keyVersion, PURPOSE);
        this.clock = clock;
    }

    /** The patients' items. */
    public PatientItems items() {
        return items;
    }

    /** A number that no message of the institution has borne. */
    public MessageId nextMessage(String institution) {
        long sequence = nextSequence(institution);
        if (sequence == 0) {
            dsl.insertInto(MEDICAL_LINK, MEDICAL_LINK.INSTITUTION, MEDICAL_LINK.SEQUENCE).values(institution, 0L).onDuplicateKeyIgnore().execute();
            sequence = nextSequence(institution);
        }
        return MessageId.of(institution, clock.instant(), sequence);
    }

    /** Counts on, or returns 0 if the institution has no row yet. */
    private long nextSequence(String institution) {
        return dsl.transactionResult(transaction -> {
            DSLContext in = transaction.dsl();
            int rows = in.update(MEDICAL_LINK).set(MEDICAL_LINK.SEQUENCE, MEDICAL_LINK.SEQUENCE.plus(1)).where(MEDICAL_LINK.INSTITUTION.eq(institution)).execute();
            return rows == 0 ? 0L : in.select(MEDICAL_LINK.SEQUENCE).from(MEDICAL_LINK).where(MEDICAL_LINK.INSTITUTION.eq(institution)).fetchSingle().value1();
        });
    }

    /** Writes a settlement that is quoted, and the patient's items.
     *
     *  @return false if there is one of that number */
    public boolean begin(MedicalSettlement settlement, PatientItems.Items found) {
        try {
            dsl.transaction(transaction -> {
                MedicalSettlementRecord row = new MedicalSettlementRecord();
                byte[] id = HexFormat.of().parseHex(settlement.id());
                row.setSettlementId(id);
                row.setPartyId(settlement.terms().institution().value());
                row.setCardNo(settlement.terms().cardNo());
                row.setMessage(settlement.terms().message().value());
                row.setTotalFen(settlement.split().total().fen());
                row.setQuotedAccountFen(settlement.quoted().personalAccount().fen());
                row.setQuotedCashFen(settlement.quoted().cash().fen());
                row.setSealed(key.seal(PatientItems.plain(settlement.terms().settle()), id));
                write(row, settlement);
                transaction.dsl().insertInto(MEDICAL_SETTLEMENT).set(row).execute();
                items.write(transaction.dsl(), settlement, found);
            });
            return true;
        } catch (IntegrityConstraintViolationException e) {
            if (find(settlement.id()).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    /** Takes a settlement from where it stands to the next state.
     *
     *  @return false if it does not stand there any more
     *  @throws IllegalStateException if the table of states does not have that step */
    public boolean move(MedicalSettlement from, MedicalSettlement to) {
        if (!from.state().leadsTo(to.state())) {
            throw new IllegalStateException("a medical settlement does not go from " + from.state() + " to " + to.state());
        }
        MedicalSettlementRecord row = new MedicalSettlementRecord();
        write(row, to);
        return dsl.update(MEDICAL_SETTLEMENT).set(row).where(MEDICAL_SETTLEMENT.SETTLEMENT_ID.eq(HexFormat.of().parseHex(from.id())))
                .and(MEDICAL_SETTLEMENT.STATE_CODE.eq(from.state().code())).execute() == 1;
    }

    /** The settlement of a number. */
    public Optional<MedicalSettlement> find(String id) {
        return list(MEDICAL_SETTLEMENT.SETTLEMENT_ID.eq(HexFormat.of().parseHex(id))).stream().findFirst();
    }

    /** What is still to be done, the oldest first; what waits for a statement is not among it.
     *
     *  @param before only what has stood so since before then */
    public List<MedicalSettlement> listOpen(PartyId institution, Instant before) {
        List<Integer> open = Stream.of(MedicalState.values()).filter(state -> state.isOpen() && state != MedicalState.AWAITING_STATEMENT)
                .map(MedicalState::code).toList();
        return list(MEDICAL_SETTLEMENT.PARTY_ID.eq(institution.value()).and(MEDICAL_SETTLEMENT.STATE_CODE.in(open))
                .and(MEDICAL_SETTLEMENT.CHANGED_AT.le(Utc.of(before))));
    }

    /** The settlements of a day that are in one of some states, the oldest first. */
    public List<MedicalSettlement> listOfDay(PartyId institution, LocalDate day, MedicalState... states) {
        return list(MEDICAL_SETTLEMENT.PARTY_ID.eq(institution.value()).and(MEDICAL_SETTLEMENT.DAY.eq(day))
                .and(MEDICAL_SETTLEMENT.STATE_CODE.in(Stream.of(states).map(MedicalState::code).toList())));
    }

    private List<MedicalSettlement> list(Condition which) {
        return dsl.selectFrom(MEDICAL_SETTLEMENT).where(which).orderBy(MEDICAL_SETTLEMENT.CHANGED_AT, MEDICAL_SETTLEMENT.SETTLEMENT_ID).fetch(this::settlement);
    }

    /** What of a row changes. */
    private void write(MedicalSettlementRecord row, MedicalSettlement settlement) {
        MedicalSettlement.Standing standing = settlement.standing();
        row.setDay(settlement.terms().day());
        row.setStateCode(standing.state().code());
        row.setSettlementNo(standing.settlement().orElse(null));
        row.setRevokingMessage(standing.revoking().map(MessageId::value).orElse(null));
        row.setPaid(standing.paid() ? 1 : 0);
        row.setReason(standing.reason().substring(0, Math.min(LONGEST_REASON, standing.reason().length())));
        row.setFundFen(settlement.split().fund().fen());
        row.setAccountFen(settlement.split().personalAccount().fen());
        row.setMutualAidFen(settlement.split().mutualAid().fen());
        row.setCashFen(settlement.split().cash().fen());
        row.setHospitalFen(settlement.split().hospital().fen());
        row.setChangedAt(Utc.of(clock.instant()));
    }

    private MedicalSettlement settlement(MedicalSettlementRecord row) {
        if (!(PatientItems.input(key.open(row.getSealed(), row.getSettlementId())) instanceof Input.Settle settle)) {
            throw new IllegalStateException("a settlement whose claim is none");
        }
        Split split = new Split(Money.ofFen(row.getFundFen()), Money.ofFen(row.getAccountFen()), Money.ofFen(row.getMutualAidFen()),
                Money.ofFen(row.getCashFen()), Money.ofFen(row.getHospitalFen()));
        MedicalSettlement.Standing standing = new MedicalSettlement.Standing(MedicalState.byCode(row.getStateCode()), Optional.ofNullable(row.getSettlementNo()),
                Optional.ofNullable(row.getRevokingMessage()).map(MessageId::new), row.getPaid() == 1, row.getReason());
        return new MedicalSettlement(HexFormat.of().formatHex(row.getSettlementId()),
                new MedicalSettlement.Terms(new PartyId(row.getPartyId()), row.getCardNo(), row.getDay(), settle, new MessageId(row.getMessage())), split,
                new MedicalSettlement.Quoted(Money.ofFen(row.getQuotedCashFen()), Money.ofFen(row.getQuotedAccountFen())), standing);
    }
}
