package cn.onecard.sql;

import java.util.ArrayList;
import java.util.List;

/** The statements that make the four schemas, the accounts and the owner's rights. They may be run any number of times,
 *  and bring the passwords up to date. What the other accounts may do comes with the migrations. */
public final class Accounts {
    /** The schemas, in the order in which they build on each other. */
    public static final List<String> SCHEMAS = List.of("ledger", "clearing", "export", "patient");

    private Accounts() {}

    /** To be run by an administrator, one by one; each is one line. */
    public static List<String> statements(Passwords passwords) {
        List<String> statements = new ArrayList<>(schemaStatements());
        for (Account account : Account.values()) {
            String identified = "'" + account.user() + "'@'%' IDENTIFIED BY '" + passwords.of(account) + "'";
            statements.add("CREATE USER IF NOT EXISTS " + identified);
            statements.add("ALTER USER " + identified);
        }
        for (String schema : SCHEMAS) {
            statements.add("GRANT ALL PRIVILEGES ON `" + schema + "`.* TO '" + Account.OWNER.user() + "'@'%' WITH GRANT OPTION");
        }
        return List.copyOf(statements);
    }

    /** Those of the statements that make the schemas; the owner may run them as well. */
    static List<String> schemaStatements() {
        return SCHEMAS.stream()
                .map(schema -> "CREATE DATABASE IF NOT EXISTS `" + schema + "` DEFAULT CHARACTER SET utf8mb4 DEFAULT COLLATE utf8mb4_bin")
                .toList();
    }
}
