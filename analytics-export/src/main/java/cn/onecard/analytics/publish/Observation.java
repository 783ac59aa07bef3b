package cn.onecard.analytics.publish;

import cn.onecard.analytics.extract.Cell;
import cn.onecard.analytics.extract.Policy;
import cn.onecard.analytics.protect.ProtectedCube;
import cn.onecard.analytics.protect.PublishedCell;
import cn.onecard.vocabulary.BusinessDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** One row of the published table: one measure of one cell, with the columns of SDMX-CSV 2.0 [1]. CSV and Parquet have
 *  the same columns and rows in the same order.
 *
 *  <p>A withheld value is missing, with OBS_STATUS Q and CONF_STATUS C. The finer codes for the reason are not used
 *  outside: they would tell an intruder where to begin.
 *
 *  <p>[1] sdmx-twg/sdmx-csv, field guide, version 2.0.0.
 *
 *  @param day     the business date
 *  @param cell    the coordinates
 *  @param measure what is counted
 *  @param value   the figure; empty if withheld */
record Observation(BusinessDate day, Cell cell, Measure measure, OptionalLong value) {
    static final String DATAFLOW = "ONECARD:TAPS(1.0.0)";
    static final String VALUE = "OBS_VALUE";
    static final List<String> COLUMNS = List.of("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "TIME_PERIOD", "HOUR",
            "LINE", "CARD_TYPE", "MEASURE", VALUE, "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "CONF_STATUS", "PROTECTION");
    /** Place of {@link #VALUE} among the columns. */
    static final int VALUE_INDEX = COLUMNS.indexOf(VALUE);
    /** What SDMX-CSV writes where an integer is missing on purpose. */
    static final String MISSING = "#N/A";

    /** Every observation of a protected day. */
    static List<Observation> listAll(BusinessDate day, ProtectedCube cube) {
        List<Observation> all = new ArrayList<>();
        for (PublishedCell cell : cube.cells()) {
            for (Measure measure : Measure.values()) {
                OptionalLong value = switch (cell) {
                    case PublishedCell.Free free -> OptionalLong.of(measure.of(free));
                    case PublishedCell.Withheld withheld -> OptionalLong.empty();
                };
                all.add(new Observation(day, cell.cell(), measure, value));
            }
        }
        return all;
    }

    /** The fields in the order of {@link #COLUMNS}; the value is empty text where it is missing. */
    List<String> fields(Policy policy) {
        boolean free = value.isPresent();
        return List.of("dataflow", DATAFLOW, "R", "D", cell.district(), day.toString(), cell.hour(), cell.line(), cell.cardClass(),
                measure.name(), free ? Long.toString(value.getAsLong()) : "", measure.unit(), measure.unitMultiplier(),
                free ? "A" : "Q", free ? "F" : "C", policy.id() + "-" + policy.version());
    }
}
