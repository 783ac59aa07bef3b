package cn.onecard.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The floor plan in ARCHITECTURE.md is what the plates say. When it is not, the plan as it should be lies in
 *  {@code target/floor-plan.md}, ready to be copied. */
final class FloorPlanTest {
    private static final String BEGIN = "<!-- floor plan: begin -->\n";
    private static final String END = "<!-- floor plan: end -->";

    @Test
    void architecture_platesChanged_floorPlanFollows() throws IOException {
        String plan = floorPlan();
        Files.writeString(Path.of("target/floor-plan.md"), plan);
        String page = Files.readString(Path.of("../ARCHITECTURE.md"));
        String printed = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(printed).as("ARCHITECTURE.md; copy analytics-export/target/floor-plan.md").isEqualTo(plan);
    }

    private static String floorPlan() {
        JavaClasses house = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("cn.onecard");
        Map<String, String> rooms = new TreeMap<>();
        house.forEach(type -> type.getPackage().tryGetAnnotationOfType(Room.class)
                .ifPresent(room -> rooms.put(room.name(), String.join(", ", room.mayUse()))));
        StringBuilder plan = new StringBuilder("| room | may use |\n|---|---|\n");
        rooms.forEach((room, mayUse) -> plan.append("| ").append(room).append(" | ").append(mayUse).append(" |\n"));
        return plan.toString();
    }
}
