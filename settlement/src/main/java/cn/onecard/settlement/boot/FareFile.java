package cn.onecard.settlement.boot;

import cn.onecard.fare.Tariff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the file of a fare table. */
final class FareFile {
    private FareFile() {}

    /** The fare table of a file.
     *
     *  @throws IllegalArgumentException naming file and line if it is none */
    static Tariff read(Path file) throws IOException {
        return Tariff.parse(file.toString(), Files.readString(file));
    }
}
