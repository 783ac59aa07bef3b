package cn.onecard.settlement.day;

/** What a card is used for (行业): a row, so that a domain more needs no program more.
 *
 *  @param code as rows carry it
 *  @param name as fee rules and files have it
 *  @param domain what it is reported under */
public record Service(int code, String name, String domain) {
    @Override
    public String toString() {
        return name;
    }
}
