package cn.onecard.analytics.extract;

/** The coordinates of one cell of the cube. A dimension over which the cell is a total has the code {@link #TOTAL}.
 *
 *  @param hour      code of {@link Dimension#HOUR}
 *  @param line      code of {@link Dimension#LINE}
 *  @param district  code of {@link Dimension#DISTRICT}
 *  @param cardClass code of {@link Dimension#CARD_CLASS} */
public record Cell(String hour, String line, String district, String cardClass) {
    /** The SDMX code of a total. */
    public static final String TOTAL = "_T";
    /** The SDMX code of what is not known. */
    public static final String UNKNOWN = "_U";
    /** The cell of everything. */
    public static final Cell EVERYTHING = new Cell(TOTAL, TOTAL, TOTAL, TOTAL);

    /** The code in that dimension. */
    public String code(Dimension dimension) {
        return switch (dimension) {
            case HOUR -> hour;
            case LINE -> line;
            case DISTRICT -> district;
            case CARD_CLASS -> cardClass;
        };
    }

    /** The same cell with another code in that dimension. */
    public Cell with(Dimension dimension, String code) {
        return switch (dimension) {
            case HOUR -> new Cell(code, line, district, cardClass);
            case LINE -> new Cell(hour, code, district, cardClass);
            case DISTRICT -> new Cell(hour, line, code, cardClass);
            case CARD_CLASS -> new Cell(hour, line, district, code);
        };
    }

    /** The four codes with dots between them, as SDMX writes a key. */
    @Override
    public String toString() {
        return hour + "." + line + "." + district + "." + cardClass;
    }
}
