package cn.onecard.engine.rail.nhsa;

/** Who calls: a designated institution, as every envelope says.
 *
 *  @param code 12 characters (fixmedins_code)
 *  @param name at most 200 characters
 *  @param region six digits, where it is (mdtrtarea_admvs)
 *  @param operator who sits at the counter (opter) */
public record Institution(String code, String name, String region, String operator) {
    public Institution {
        if (!code.matches("[A-Z0-9]{12}") || !region.matches("[0-9]{6}") || name.isBlank() || name.length() > 200 || operator.isBlank() || operator.length() > 30) {
            throw new IllegalArgumentException("an institution has 12 characters and six digits of its region, a name and an operator");
        }
    }
}
