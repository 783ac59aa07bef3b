package cn.onecard.engine.rail.register;

import static cn.onecard.sql.tables.ledger.Tables.TILL_EPOCH;
import static cn.onecard.sql.tables.ledger.Tables.TILL_RECORD;

import cn.onecard.engine.rail.register.TillUpload.Gap;
import cn.onecard.vocabulary.Utc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;

/** Which running numbers of tills are here. */
public final class TillTable {
    private static final List<Field<?>> COLUMNS = List.of(TILL_RECORD.PARTY_ID, TILL_RECORD.STORE_NO, TILL_RECORD.TILL_NO, TILL_RECORD.EPOCH,
            TILL_RECORD.SEQ, TILL_RECORD.SALE_ID, TILL_RECORD.SALE_DIGEST, TILL_RECORD.ANSWER, TILL_RECORD.RECEIVED_AT);

    private final DSLContext dsl;

    public TillTable(DSLContext dsl) {
        this.dsl = dsl;
    }

    /** How far an epoch has come. */
    public record Progress(long ackedThrough, List<Gap> gaps) {}

    /** Of the numbers of an upload those that are here, each with whether the till said the same then. */
    public Map<Long, Boolean> findThere(TillUpload upload) {
        Map<Long, TillUpload.TillRecord> wanted = new HashMap<>();
        upload.records().forEach(one -> wanted.putIfAbsent(one.seq(), one));
        Map<Long, Boolean> there = new HashMap<>();
        dsl.select(TILL_RECORD.SEQ, TILL_RECORD.SALE_ID, TILL_RECORD.SALE_DIGEST).from(TILL_RECORD)
                .where(isOf(upload)).and(TILL_RECORD.SEQ.in(wanted.keySet())).forEach(row -> {
                    TillUpload.TillRecord one = wanted.get(row.value1());
                    there.put(row.value1(), one != null && Arrays.equals(row.value2(), one.sale().id().bytes())
                            && Arrays.equals(row.value3(), one.sale().digest()));
                });
        return there;
    }

    /** Writes numbers down, all or none.
     *
     *  @param answers in one word, by running number
     *  @return whether it did; if not, one of them has been written down by somebody else meanwhile */
    public boolean write(TillUpload upload, Map<Long, String> answers, Instant now) {
        Map<Long, TillUpload.TillRecord> wanted = new HashMap<>();
        upload.records().stream().filter(one -> answers.containsKey(one.seq())).forEach(one -> wanted.putIfAbsent(one.seq(), one));
        try {
            dsl.transaction(transaction -> Rows.insert(transaction.dsl(), TILL_RECORD, COLUMNS, wanted.values().stream().map(one -> new Object[] {
                upload.till().party().value(), upload.till().store(), upload.till().number(), upload.epoch(), one.seq(), one.sale().id().bytes(),
                one.sale().digest(), String.valueOf(answers.get(one.seq())), Utc.of(now)}).toList()));
            return true;
        } catch (DataAccessException e) {
            if (Rows.isKeyTaken(e)) {
                return false;
            }
            throw e;
        }
    }

    /** How far the epoch of an upload has come. Notes it, so that nobody counts from the beginning again. */
    public Progress progress(TillUpload upload) {
        Condition epoch = TILL_EPOCH.PARTY_ID.eq(upload.till().party().value()).and(TILL_EPOCH.STORE_NO.eq(upload.till().store()))
                .and(TILL_EPOCH.TILL_NO.eq(upload.till().number())).and(TILL_EPOCH.EPOCH.eq(upload.epoch()));
        dsl.insertInto(TILL_EPOCH, TILL_EPOCH.PARTY_ID, TILL_EPOCH.STORE_NO, TILL_EPOCH.TILL_NO, TILL_EPOCH.EPOCH, TILL_EPOCH.ACKED_THROUGH)
                .values(upload.till().party().value(), upload.till().store(), upload.till().number(), upload.epoch(), 0L).onDuplicateKeyIgnore().execute();
        long noted = dsl.select(TILL_EPOCH.ACKED_THROUGH).from(TILL_EPOCH).where(epoch).fetchSingle().value1();
        long acked = noted;
        List<Gap> gaps = new ArrayList<>();
        long last = noted;
        for (long seq : dsl.select(TILL_RECORD.SEQ).from(TILL_RECORD).where(isOf(upload)).and(TILL_RECORD.SEQ.gt(noted)).orderBy(TILL_RECORD.SEQ).fetch(TILL_RECORD.SEQ)) {
            if (seq > last + 1) {
                gaps.add(new Gap(last + 1, seq - 1));
            } else if (gaps.isEmpty()) {
                acked = seq;
            }
            last = seq;
        }
        if (acked > noted) {
            dsl.update(TILL_EPOCH).set(TILL_EPOCH.ACKED_THROUGH, acked).where(epoch).and(TILL_EPOCH.ACKED_THROUGH.lt(acked)).execute();
        }
        return new Progress(acked, List.copyOf(gaps));
    }

    private static Condition isOf(TillUpload upload) {
        return TILL_RECORD.PARTY_ID.eq(upload.till().party().value()).and(TILL_RECORD.STORE_NO.eq(upload.till().store()))
                .and(TILL_RECORD.TILL_NO.eq(upload.till().number())).and(TILL_RECORD.EPOCH.eq(upload.epoch()));
    }
}
