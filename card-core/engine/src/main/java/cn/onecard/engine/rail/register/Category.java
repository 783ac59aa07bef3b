package cn.onecard.engine.rail.register;

/** What kind of goods a line is, as the till says.
 *
 *  @param system whose codes these are: {@link #COICOP}, or a name that a shop and the operator agreed on
 *  @param code in it */
public record Category(String system, String code) implements Comparable<Category> {
    /** The code list of household consumption of the United Nations, 2018. */
    public static final String COICOP = "COICOP-2018";

    @Override
    public int compareTo(Category other) {
        int systems = system.compareTo(other.system);
        return systems != 0 ? systems : code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return system + " " + code;
    }
}
