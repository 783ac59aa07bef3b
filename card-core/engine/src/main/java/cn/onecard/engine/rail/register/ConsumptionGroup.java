package cn.onecard.engine.rail.register;

/** The eight groups of household consumption of the National Bureau of Statistics (八大类). The code is that of the rows. */
public enum ConsumptionGroup {
    /** Food, tobacco and liquor (食品烟酒). */
    FOOD(1),
    /** Clothing (衣着). */
    CLOTHING(2),
    /** Residence (居住). */
    RESIDENCE(3),
    /** Household articles and services (生活用品及服务). */
    HOUSEHOLD(4),
    /** Transport and communication (交通通信). */
    TRANSPORT(5),
    /** Education, culture and recreation (教育文化娱乐). */
    EDUCATION(6),
    /** Health care (医疗保健). */
    HEALTH(7),
    /** Other articles and services (其他用品及服务). */
    OTHER(8);

    private final int code;

    ConsumptionGroup(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The group of that code.
     *
     *  @throws IllegalArgumentException if there is none */
    static ConsumptionGroup byCode(int code) {
        for (ConsumptionGroup group : values()) {
            if (group.code == code) {
                return group;
            }
        }
        throw new IllegalArgumentException("no group of consumption has code " + code);
    }
}
