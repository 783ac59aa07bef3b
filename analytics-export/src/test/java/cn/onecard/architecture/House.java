package cn.onecard.architecture;

import cn.onecard.house.Room;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All rooms under one root package: their classes as compiled, their plates, and their sources as written. Generated code is
 *  seen as something to depend on and is not judged. */
final class House {
    private static final Set<String> GENERATED = Set.of("cn.onecard.wire.proto", "cn.onecard.sql.tables");
    /** The generator of the tables: run from its source by the build, and in no jar. */
    private static final String BUILD_TOOL = "cn.onecard.sql.codegen";

    private final String root;
    private final List<JavaClass> classes;
    private final List<SourceFile> sources;
    private final List<SourceFile> tests;
    private final Map<String, Room> plates = new TreeMap<>();

    private House(String root, List<JavaClass> classes, List<SourceFile> sources, List<SourceFile> tests) {
        this.root = root;
        this.classes = classes;
        this.sources = sources;
        this.tests = tests;
        classes.stream().map(JavaClass::getPackage).distinct().forEach(at ->
                at.tryGetAnnotationOfType(Room.class).ifPresent(plate -> plates.put(at.getName(), plate)));
    }

    /** The whole house: main code of every module. */
    static House whole() {
        Path repository = repository();
        List<JavaClass> classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar")).importPackages("cn.onecard")
                .stream().filter(type -> !type.getPackageName().equals(BUILD_TOOL)).toList();
        return new House("cn.onecard", classes, SourceFile.parse(listSources(repository, "src/main/java")).stream()
                        .filter(source -> !source.packageName().equals(BUILD_TOOL)).toList(),
                SourceFile.parse(listSources(repository, "src/test/java").stream()
                        .filter(file -> !file.toString().contains("housefixture")).toList()));
    }

    /** A little house that breaks every rule, kept among the tests. */
    static House fixture() {
        Path folder = repository().resolve("analytics-export/src/test/java/cn/onecard/housefixture");
        List<SourceFile> sources = SourceFile.parse(listJava(folder));
        return new House("cn.onecard.housefixture", new ClassFileImporter().importPackages("cn.onecard.housefixture").stream().toList(),
                sources, sources);
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("card-core"))) {
            folder = Optional.ofNullable(folder.getParent()).orElseThrow(() -> new IllegalStateException("the tests run outside the repository"));
        }
        return folder;
    }

    private static List<Path> listSources(Path repository, String kind) {
        List<Path> files = new ArrayList<>();
        for (String module : List.of("card-core/contract", "card-core/engine", "terminal-adapter", "sql", "settlement", "analytics-export")) {
            files.addAll(listJava(repository.resolve(module).resolve(kind)));
        }
        return files;
    }

    private static List<Path> listJava(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The classes written by hand, in an order that does not change. */
    List<JavaClass> classes() {
        return classes.stream().filter(type -> !isGenerated(type.getPackageName())).filter(type -> !type.getSimpleName().equals("package-info"))
                .sorted((a, b) -> a.getName().compareTo(b.getName())).toList();
    }

    List<SourceFile> sources() {
        return sources;
    }

    List<SourceFile> tests() {
        return tests;
    }

    /** The packages of hand-written classes and sources. */
    Set<String> packages() {
        Set<String> packages = new TreeSet<>();
        classes().forEach(type -> packages.add(type.getPackageName()));
        sources.forEach(source -> packages.add(source.packageName()));
        return packages;
    }

    Optional<Room> findPlate(String packageName) {
        return Optional.ofNullable(plates.get(packageName));
    }

    /** The plate of a room, if there is such a room. */
    Optional<Room> findPlateOfRoom(String room) {
        return findPlate(root + "." + room);
    }

    /** The package below the root; for generated code the room it belongs to. Empty outside the house. */
    Optional<String> findRoom(String packageName) {
        if (packageName.startsWith("cn.onecard.wire.proto")) {
            return Optional.of("wire");
        }
        if (packageName.startsWith("cn.onecard.sql.tables")) {
            return Optional.of("sql.tables");
        }
        return packageName.startsWith(root + ".") ? Optional.of(packageName.substring(root.length() + 1)) : Optional.empty();
    }

    /** The packages outside itself that a room touches, by bytecode and by import: bytecode does not show a type that is
     *  named only in a local variable, an import does not show one that is inferred. */
    Set<String> touched(String packageName) {
        Set<String> touched = new LinkedHashSet<>();
        classes().stream().filter(type -> type.getPackageName().equals(packageName))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream()).map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .map(JavaClass::getPackage).map(JavaPackage::getName).forEach(touched::add);
        sources.stream().filter(source -> source.packageName().equals(packageName)).flatMap(source -> source.imports().stream())
                .map(House::packageOf).forEach(touched::add);
        touched.remove(packageName);
        return touched;
    }

    /** The other rooms that a room touches. */
    Set<String> touchedRooms(String packageName) {
        Set<String> rooms = new TreeSet<>();
        touched(packageName).forEach(other -> findRoom(other).ifPresent(rooms::add));
        findRoom(packageName).ifPresent(rooms::remove);
        return rooms;
    }

    /** By our naming a package is written small, a type begins with a capital. */
    private static String packageOf(String imported) {
        StringBuilder name = new StringBuilder();
        for (String part : imported.split("\\.", -1)) {
            if (part.isEmpty() || !Character.isLowerCase(part.charAt(0))) {
                break;
            }
            name.append(name.isEmpty() ? "" : ".").append(part);
        }
        return name.toString();
    }

    private static boolean isGenerated(String packageName) {
        return GENERATED.stream().anyMatch(generated -> packageName.equals(generated) || packageName.startsWith(generated + "."));
    }
}
