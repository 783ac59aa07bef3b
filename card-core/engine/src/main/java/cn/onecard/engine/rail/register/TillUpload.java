package cn.onecard.engine.rail.register;

import java.util.List;

/** What a till uploads when it is on line again (断网补传).
 *
 *  @param till where all of it was sold
 *  @param epoch begun anew whenever the till forgets its numbers; never negative
 *  @param records at most {@link #MOST_RECORDS}, in any order */
public record TillUpload(Sale.Till till, long epoch, List<TillRecord> records) {
    /** Records of an upload at most. */
    public static final int MOST_RECORDS = 500;

    public TillUpload {
        records = List.copyOf(records);
        if (epoch < 0 || records.size() > MOST_RECORDS) {
            throw new IllegalArgumentException("an upload has an epoch of 0 or more and at most " + MOST_RECORDS + " records");
        }
        if (records.stream().anyMatch(one -> !one.sale().till().equals(till))) {
            throw new IllegalArgumentException("an upload is of one till");
        }
    }

    /** A sale with its running number.
     *
     *  @param seq 1, 2, 3 ... of the epoch */
    public record TillRecord(long seq, Sale sale) {
        public TillRecord {
            if (seq < 1) {
                throw new IllegalArgumentException("running numbers begin with 1, not " + seq);
            }
        }
    }

    /** What came of an upload.
     *
     *  @param ackedThrough every number of the epoch up to this one is here, and the till may forget it; 0 if not even the first is
     *  @param gaps numbers above it that are missing, while a higher one is here
     *  @param records in the order of the upload */
    public record Answer(long epoch, long ackedThrough, List<Gap> gaps, List<RecordAnswer> records) {
        public Answer {
            gaps = List.copyOf(gaps);
            records = List.copyOf(records);
        }
    }

    /** The answer to one record. A sale that is refused is acknowledged as well: sending it again would change nothing. */
    public record RecordAnswer(long seq, SaleAnswer answer) {}

    /** Missing numbers, both inclusive. */
    public record Gap(long from, long to) {}
}
