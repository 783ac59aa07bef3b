package cn.onecard.sql.codegen;

import cn.onecard.sql.Account;
import cn.onecard.sql.Accounts;
import cn.onecard.sql.Database;
import cn.onecard.sql.Migrations;
import cn.onecard.sql.Passwords;
import cn.onecard.sql.embedded.EmbeddedServer;
import cn.onecard.sql.embedded.ServerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/** Generates the typed tables: migrates an embedded server and lets jOOQ read it. Maven runs this file as source; it does
 *  nothing while the migrations and this room are what they were. */
final class Codegen {
    private static final String PACKAGE = "cn.onecard.sql.tables";
    private static final ServerSettings THROW_AWAY = new ServerSettings(64, false);

    private Codegen() {}

    /** Arguments: the module's folder, and the folder for the generated sources. */
    public static void main(String[] arguments) throws Exception {
        Path module = Path.of(arguments[0]);
        Path sources = Path.of(arguments[1]);
        Path migrations = module.resolve("src/main/resources/db/migration");
        Path mark = sources.resolve("inputs.sha256");
        String inputs = digest(migrations, module.resolve("src/main/java/cn/onecard/sql/codegen"));
        if (Files.exists(mark) && Files.readString(mark).equals(inputs)) {
            return;
        }
        Path work = module.resolve("target/codegen");
        deleteTree(work);
        EmbeddedServer server = new EmbeddedServer(work, module.resolve("target/mariadb"));
        server.start(THROW_AWAY);
        try {
            Database owner = Database.at(Database.loopbackUrl(server.port()), Account.OWNER,
                    Passwords.load(work).of(Account.OWNER));
            Migrations.ofFolder(owner, migrations).migrate();
            deleteTree(sources);
            GenerationTool.generate(configuration(owner, sources));
            writePlate(sources);
        } finally {
            server.stop();
        }
        Files.writeString(mark, inputs);
    }

    private static Configuration configuration(Database owner, Path sources) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc().withUrl(owner.url()).withUser(owner.user()).withPassword(owner.password()))
                .withGenerator(new Generator()
                        .withDatabase(new org.jooq.meta.jaxb.Database()
                                .withName("org.jooq.meta.mariadb.MariaDBDatabase")
                                .withSchemata(Accounts.SCHEMAS.stream().map(name -> new SchemaMappingType().withInputSchema(name)).toList())
                                .withExcludes("flyway_schema_history")
                                .withForcedTypes(forcedTypes()))
                        .withGenerate(new Generate().withGlobalCatalogReferences(false))
                        .withTarget(new Target().withPackageName(PACKAGE).withDirectory(sources.toString())));
    }

    private static List<ForcedType> forcedTypes() {
        return List.of(
                typed("CardNo", "cardNo", ".*\\.card_no"),
                typed("TerminalId", "terminalId", ".*\\.psam_no"),
                typed("BusinessDate", "businessDate", ".*\\.(business_date|open_date)"),
                typed("Tac", "tac", ".*\\.tac"),
                // Codes are plain numbers, whatever the width of their column.
                new ForcedType().withName("INTEGER").withIncludeTypes("(?i:(TINYINT|SMALLINT).*)"));
    }

    private static ForcedType typed(String word, String converter, String columns) {
        return new ForcedType().withUserType("cn.onecard.vocabulary." + word)
                .withConverter("cn.onecard.sql.Converters." + converter + "()")
                .withIncludeExpression(columns);
    }

    private static void writePlate(Path sources) throws IOException {
        Files.writeString(sources.resolve(PACKAGE.replace('.', '/')).resolve("package-info.java"), """
                /** The tables of the four schemas, generated from the migrations. One room, whatever packages the generator makes. */
                @NullUnmarked
                @Room(name = "sql.tables", mayUse = {"vocabulary", "sql"})
                package cn.onecard.sql.tables;

                import cn.onecard.house.Room;
                import org.jspecify.annotations.NullUnmarked;
                """);
    }

    private static String digest(Path... roots) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(root.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
