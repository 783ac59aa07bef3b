package cn.onecard.engine.rail.unionpay;

import static cn.onecard.sql.tables.ledger.Tables.BANK_TERMINAL;
import static cn.onecard.sql.tables.ledger.Tables.BANK_TRANSACTION;

import cn.onecard.engine.key.StorageKey;
import cn.onecard.engine.rail.iso8583.Message;
import cn.onecard.engine.rail.iso8583.PosTransaction;
import cn.onecard.engine.rail.iso8583.Profile;
import cn.onecard.engine.rail.iso8583.ResponseCode;
import cn.onecard.sql.tables.ledger.tables.records.BankTransactionRecord;
import cn.onecard.vocabulary.Money;
import cn.onecard.vocabulary.Utc;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** A terminal's journal in the ledger. A call is one transaction. The request is sealed, with the leg as its owner.
 *
 *  <p>The trace of a message is made of the terminal's sequence, which never runs out: 1 to 999999, and then 1 again. */
public final class BankTerminalTable implements TerminalJournal {
    private static final int MAX_TRACE = 999_999;

    private final DSLContext dsl;
    private final String terminal;
    private final Profile profile;
    private final StorageKey key;
    private final Clock clock;

    private BankTerminalTable(DSLContext dsl, LinkSettings settings, StorageKey key, Clock clock) {
        this.dsl = dsl;
        this.terminal = settings.identity().terminal();
        this.profile = settings.wire().profile();
        this.key = key;
        this.clock = clock;
    }

    /** The journal of a terminal, which is begun if there is none.
     *
     *  @param key what requests are sealed with */
    public static BankTerminalTable open(DSLContext dsl, LinkSettings settings, StorageKey key, Clock clock) {
        dsl.insertInto(BANK_TERMINAL, BANK_TERMINAL.TERMINAL, BANK_TERMINAL.BATCH, BANK_TERMINAL.SEQUENCE)
                .values(settings.identity().terminal(), 1, 0L).onDuplicateKeyIgnore().execute();
        return new BankTerminalTable(dsl, settings, key, clock);
    }

    /** A transaction of which nobody knows what became of it: the bank's statement decides, or a person.
     *
     *  @param leg which leg of which order */
    public record OpenCase(String terminal, UUID leg, Money amount) {}

    /** The cases of all terminals. */
    public static List<OpenCase> listCases(DSLContext dsl) {
        return dsl.select(BANK_TRANSACTION.TERMINAL, BANK_TRANSACTION.LEG, BANK_TRANSACTION.AMOUNT_FEN).from(BANK_TRANSACTION)
                .where(BANK_TRANSACTION.STATE_CODE.eq(BankState.CASE.code())).orderBy(BANK_TRANSACTION.TERMINAL, BANK_TRANSACTION.SEQUENCE).fetch(row -> {
                    ByteBuffer leg = ByteBuffer.wrap(row.value2());
                    return new OpenCase(row.value1(), new UUID(leg.getLong(), leg.getLong()), Money.ofFen(row.value3()));
                });
    }

    @Override
    public int batch() {
        return dsl.select(BANK_TERMINAL.BATCH).from(BANK_TERMINAL).where(BANK_TERMINAL.TERMINAL.eq(terminal)).fetchSingle().value1();
    }

    @Override
    public void openBatch(int batch) {
        dsl.update(BANK_TERMINAL).set(BANK_TERMINAL.BATCH, batch).where(BANK_TERMINAL.TERMINAL.eq(terminal)).execute();
    }

    @Override
    public int nextTrace() {
        return dsl.transactionResult(transaction -> {
            DSLContext in = transaction.dsl();
            long next = sequence(in) + 1;
            in.update(BANK_TERMINAL).set(BANK_TERMINAL.SEQUENCE, next).where(BANK_TERMINAL.TERMINAL.eq(terminal)).execute();
            return trace(next);
        });
    }

    @Override
    public void begin(BankTransaction transaction) {
        dsl.transaction(configuration -> {
            DSLContext in = configuration.dsl();
            long sequence = sequence(in);
            if (trace(sequence) != transaction.place().trace()) {
                throw new IllegalStateException("a transaction begins with the trace that was given out last");
            }
            LocalDateTime now = Utc.of(clock.instant());
            BankTransactionRecord row = in.newRecord(BANK_TRANSACTION);
            row.setTerminal(terminal);
            row.setSequence(sequence);
            row.setLeg(bytes(transaction.leg()));
            row.setBatch(transaction.place().batch());
            row.setTrace(transaction.place().trace());
            row.setKindCode(Integer.parseInt(transaction.kind().code()));
            row.setAmountFen(transaction.kept().findMoney(4).orElse(Money.ZERO).fen());
            row.setSealed(key.seal(transaction.kept().encode(), bytes(transaction.leg())));
            row.setBegunAt(now);
            write(row, transaction, now);
            try {
                in.insertInto(BANK_TRANSACTION).set(row).execute();
            } catch (IntegrityConstraintViolationException e) {
                throw new IllegalStateException("the leg has a transaction", e);
            }
        });
    }

    @Override
    public void change(BankTransaction transaction) {
        BankTransactionRecord row = new BankTransactionRecord();
        write(row, transaction, Utc.of(clock.instant()));
        if (dsl.update(BANK_TRANSACTION).set(row).where(BANK_TRANSACTION.LEG.eq(bytes(transaction.leg()))).execute() == 0) {
            throw new IllegalStateException("the leg has no transaction");
        }
    }

    @Override
    public Optional<BankTransaction> find(UUID leg) {
        return list(BANK_TRANSACTION.LEG.eq(bytes(leg))).stream().findFirst();
    }

    @Override
    public List<BankTransaction> listOpen() {
        return list(BANK_TRANSACTION.TERMINAL.eq(terminal).and(BANK_TRANSACTION.STATE_CODE.in(
                BankState.SENT.code(), BankState.STORED.code(), BankState.REVERSING.code())));
    }

    @Override
    public List<BankTransaction> listBatch(int batch) {
        return list(BANK_TRANSACTION.TERMINAL.eq(terminal).and(BANK_TRANSACTION.BATCH.eq(batch)));
    }

    private List<BankTransaction> list(Condition which) {
        return dsl.selectFrom(BANK_TRANSACTION).where(which).orderBy(BANK_TRANSACTION.SEQUENCE).fetch(this::transaction);
    }

    private long sequence(DSLContext in) {
        return in.select(BANK_TERMINAL.SEQUENCE).from(BANK_TERMINAL).where(BANK_TERMINAL.TERMINAL.eq(terminal)).forUpdate().fetchSingle().value1();
    }

    private static int trace(long sequence) {
        return Math.toIntExact((sequence - 1) % MAX_TRACE) + 1;
    }

    /** What of a row changes. */
    private static void write(BankTransactionRecord row, BankTransaction transaction, LocalDateTime now) {
        row.setStateCode(transaction.state().code());
        row.setReason(transaction.progress().reason().map(ResponseCode::code).orElse(null));
        row.setTries(transaction.progress().tries());
        Optional<BankAnswer> answer = transaction.answer();
        row.setAnswer(answer.map(heard -> heard.code().code()).orElse(null));
        row.setReference(answer.flatMap(BankAnswer::reference).orElse(null));
        row.setAuthorisation(answer.flatMap(BankAnswer::authorisation).orElse(null));
        row.setHostDay(answer.flatMap(BankAnswer::date).orElse(null));
        row.setSettlementDay(answer.flatMap(BankAnswer::settlementDate).orElse(null));
        row.setApprovedFen(answer.flatMap(BankAnswer::amount).map(Money::fen).orElse(null));
        row.setBalanceFen(answer.flatMap(BankAnswer::balance).map(Money::fen).orElse(null));
        row.setChangedAt(now);
    }

    private BankTransaction transaction(BankTransactionRecord row) {
        Message kept = profile.decode(ByteBuffer.wrap(key.open(row.getSealed(), row.getLeg())));
        ByteBuffer leg = ByteBuffer.wrap(row.getLeg());
        return new BankTransaction(new UUID(leg.getLong(), leg.getLong()), PosTransaction.byCode("%02d".formatted(row.getKindCode())),
                new BankTransaction.Place(row.getBatch(), row.getTrace()), kept,
                new BankTransaction.Progress(BankState.byCode(row.getStateCode()), Optional.ofNullable(row.getReason()).map(ResponseCode::new), row.getTries()),
                answer(row));
    }

    private static Optional<BankAnswer> answer(BankTransactionRecord row) {
        return Optional.ofNullable(row.getAnswer()).map(code -> new BankAnswer(new ResponseCode(code), Optional.ofNullable(row.getReference()),
                Optional.ofNullable(row.getAuthorisation()), Optional.ofNullable(row.getHostDay()), Optional.ofNullable(row.getSettlementDay()),
                money(row.getApprovedFen()), money(row.getBalanceFen())));
    }

    private static Optional<Money> money(@Nullable Long fen) {
        return Optional.ofNullable(fen).map(Money::ofFen);
    }

    private static byte[] bytes(UUID leg) {
        return ByteBuffer.allocate(16).putLong(leg.getMostSignificantBits()).putLong(leg.getLeastSignificantBits()).array();
    }
}
