package cn.onecard.settlement.fares;

import cn.onecard.settlement.fares.SourceTable.Row;

/** Names of a source as fare tables can have them. */
final class FareName {
    private FareName() {}

    /** A name of zones, groups and matrices: begins with a letter, so an identifier that does not gets one. */
    static String of(Row row, String id) throws ImportRefused {
        String name = id.matches("\\p{L}.*") ? id : "z" + id;
        if (!name.matches("[\\p{L}\\p{N}_.:~-]+")) {
            throw row.refused("\"" + id + "\" cannot be a name in a fare table");
        }
        return name;
    }

    /** What a station or a line is called. */
    static String label(Row row, String id) throws ImportRefused {
        if (id.contains(",") || id.contains("#") || !id.strip().equals(id)) {
            throw row.refused("\"" + id + "\" cannot be the name of a station or line in a fare table");
        }
        return id;
    }
}
