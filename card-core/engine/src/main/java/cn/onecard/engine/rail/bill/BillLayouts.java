package cn.onecard.engine.rail.bill;

import cn.onecard.engine.rail.bill.ColumnLayout.LineEnd;
import cn.onecard.engine.rail.bill.ColumnLayout.Summary;
import java.util.List;

/** Our own layouts, for billers that bring none. */
public final class BillLayouts {
    /** What was paid on a day. */
    public static final ColumnLayout STATEMENT = new ColumnLayout("UTF-8", "|", LineEnd.LF, Summary.FIRST,
            List.of(new Column("date", 8, Column.Type.DATE), text("orderNo", 32), text("account", 40), new Column(ColumnLayout.AMOUNT, 12, Column.Type.FEN), text("reference", 40)));

    private BillLayouts() {}

    private static Column text(String name, int width) {
        return new Column(name, width, Column.Type.TEXT);
    }
}
