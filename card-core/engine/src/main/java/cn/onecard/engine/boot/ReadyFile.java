package cn.onecard.engine.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The file that says that a program is ready, and where: JSON, with the number of the process. It appears whole or not at all. */
final class ReadyFile {
    private ReadyFile() {}

    /** Writes the file, in place of one of before.
     *
     *  @param where ports, addresses, and what else a caller needs */
    static void write(Path file, Map<String, ?> where) throws IOException {
        Map<String, Object> all = new TreeMap<>(where);
        all.put("pid", ProcessHandle.current().pid());
        Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
        Path beside = file.resolveSibling("." + file.getFileName() + ".new");
        new ObjectMapper().writeValue(beside.toFile(), all);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
