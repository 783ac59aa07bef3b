package cn.onecard.architecture;

import cn.onecard.house.Proof;
import cn.onecard.house.Room;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The rules of the house. Each answers with one line for every place that breaks it. */
final class HouseRules {
    private static final Set<String> CONTRACTS = Set.of("house", "vocabulary", "wire", "purse", "fare", "sql");
    private static final Set<String> EMPTY_NAMES = Set.of("util", "utils", "common", "helper", "helpers", "impl", "dto", "service", "manager");
    private static final int MAX_METHOD_LINES = 70;
    private static final Pattern TEST_NAME = Pattern.compile("[a-zA-Z0-9]+(_[a-zA-Z0-9]+)+");
    private static final Set<String> TICKING = Set.of("tickMillis", "tickSeconds", "tickMinutes");
    private static final List<String> SQL = List.of("org.jooq.", "java.sql", "javax.sql", "com.mysql.", "com.zaxxer.");
    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    /** Each library and the rooms that may open it, by name or by the last part of the name. */
    private static final Map<String, Set<String>> DOORS = new TreeMap<>(Map.of(
            "io.vertx.", Set.of("receive", "uplink", "portal", "console", "boot", "flow", "bench", "engine.bench.ingest", "engine.bench.crash", "engine.bench.crowd", "engine.api"),
            "org.bouncycastle.", Set.of("purse", "engine.key"),
            "javax.smartcardio", Set.of("terminal.pcsc", "terminal.reader", "terminal.sim"),
            "com.github.benmanes.caffeine.", Set.of("engine.admit", "engine.post", "engine.key"),
            "io.github.resilience4j.", Set.of("flow"),
            "org.duckdb", Set.of("analytics.publish"),
            "org.apache.sshd.", Set.of("engine.rail.file", "engine.partner.utility"),
            "dev.hardwood", Set.of("analytics.publish"),
            "org.ojalgo.", Set.of("analytics.protect"),
            "picocli", Set.of("boot")));

    private HouseRules() {}

    /** Every package has a plate, and the plate bears its name. */
    static List<String> plates(House house) {
        List<String> broken = new ArrayList<>();
        for (String at : house.packages()) {
            Optional<Room> plate = house.findPlate(at);
            if (plate.isEmpty()) {
                broken.add(at + " has no plate");
            } else if (!house.findRoom(at).equals(Optional.of(plate.get().name()))) {
                broken.add(at + " bears the name " + plate.get().name());
            }
        }
        return broken;
    }

    /** A room touches no room but those on its plate. The marks themselves are free to all. Whoever may use the contract
     *  {@code sql} may use its generated tables; {@code sql.tables} alone is the narrower permission. */
    static List<String> imports(House house) {
        List<String> broken = new ArrayList<>();
        for (String at : house.packages()) {
            Set<String> allowed = mayUse(house, at);
            house.touchedRooms(at).stream().filter(room -> !room.equals("house") && !allowed.contains(room)
                            && !(room.equals("sql.tables") && allowed.contains("sql")))
                    .forEach(room -> broken.add(at + " uses " + room + ", which is not on its plate"));
        }
        return broken;
    }

    /** No permission that is not used, and none for a room that is not there. */
    static List<String> permissions(House house) {
        List<String> broken = new ArrayList<>();
        for (String at : house.packages()) {
            Set<String> touched = house.touchedRooms(at);
            mayUse(house, at).stream().filter(room -> !touched.contains(room) && !(room.equals("sql") && touched.contains("sql.tables")))
                    .forEach(room -> broken.add(at + " may use " + room + " and does not"));
        }
        return broken;
    }

    /** No way from a room leads back to it. */
    static List<String> cycles(House house) {
        List<String> broken = new ArrayList<>();
        Map<String, Set<String>> uses = new TreeMap<>();
        for (String at : house.packages()) {
            house.findRoom(at).ifPresent(room -> uses.put(room, house.touchedRooms(at)));
        }
        for (String start : uses.keySet()) {
            List<String> open = new ArrayList<>(uses.getOrDefault(start, Set.of()));
            for (int i = 0; i < open.size(); i++) {
                uses.getOrDefault(open.get(i), Set.of()).stream().filter(next -> !open.contains(next)).forEach(open::add);
            }
            if (open.contains(start)) {
                broken.add(start + " leads back to itself through " + open);
            }
        }
        return broken;
    }

    /** A module uses no other module but the contracts. The first part of a room's name is its module. */
    static List<String> modules(House house) {
        List<String> broken = new ArrayList<>();
        for (String at : house.packages()) {
            String module = module(house.findRoom(at).orElse(""));
            house.touchedRooms(at).stream().filter(room -> !module(room).equals(module) && !CONTRACTS.contains(module(room)))
                    .forEach(room -> broken.add(at + " reaches into another module: " + room));
        }
        return broken;
    }

    /** What certifies a check can be made in its own room only. */
    static List<String> proofs(House house) {
        List<String> broken = new ArrayList<>();
        for (JavaClass type : house.classes()) {
            if (type.isAnnotatedWith(Proof.class)) {
                if (!type.getModifiers().contains(JavaModifier.FINAL) || type.isRecord()) {
                    broken.add(type.getName() + " is a @Proof and not a final class");
                }
                if (type.getConstructors().stream().anyMatch(made -> made.getModifiers().contains(JavaModifier.PUBLIC)
                        || made.getModifiers().contains(JavaModifier.PROTECTED))) {
                    broken.add(type.getName() + " is a @Proof that others can make");
                }
            }
        }
        return broken;
    }

    /** A method has at most 70 lines. */
    static List<String> methodLengths(House house) {
        List<String> broken = new ArrayList<>();
        for (SourceFile source : house.sources()) {
            source.methods().stream().filter(method -> method.lines() > MAX_METHOD_LINES)
                    .forEach(method -> broken.add(source.file() + ": " + method.name() + " has " + method.lines() + " lines"));
        }
        return broken;
    }

    /** No package whose name says nothing. */
    static List<String> packageNames(House house) {
        return house.packages().stream().filter(at -> house.findRoom(at).stream()
                .flatMap(room -> Arrays.stream(room.split("\\.", -1))).anyMatch(EMPTY_NAMES::contains)).map(at -> at + " has a name that says nothing").toList();
    }

    /** No floating-point field outside the room of protection. */
    static List<String> floatingFields(House house) {
        List<String> broken = new ArrayList<>();
        for (JavaClass type : house.classes()) {
            if (!house.findRoom(type.getPackageName()).equals(Optional.of("analytics.protect"))) {
                type.getFields().stream().filter(field -> FLOATING.contains(field.getRawType().getBaseComponentType().getName()))
                        .forEach(field -> broken.add(field.getFullName() + " is floating-point"));
            }
        }
        return broken;
    }

    /** One clock, made at the door: elsewhere nobody asks for the time of day. */
    static List<String> clocks(House house) {
        List<String> broken = new ArrayList<>();
        for (JavaClass type : house.classes()) {
            if (!lastPart(house.findRoom(type.getPackageName()).orElse("")).equals("boot")) {
                type.getMethodCallsFromSelf().stream().filter(HouseRules::asksForTheTime)
                        .forEach(call -> broken.add(type.getName() + " asks for the time: " + call.getTarget().getFullName() + " at " + call.getSourceCodeLocation()));
                type.getMethodReferencesFromSelf().stream()
                        .filter(reference -> isClock(reference.getTargetOwner().getName(), reference.getName(), true))
                        .forEach(reference -> broken.add(type.getName() + " asks for the time: " + reference.getTarget().getFullName()));
                type.getConstructorCallsFromSelf().stream().filter(call -> call.getTargetOwner().getName().equals("java.util.Date")
                                && call.getTarget().getRawParameterTypes().isEmpty())
                        .forEach(call -> broken.add(type.getName() + " asks for the time: new Date()"));
            }
        }
        return broken;
    }

    private static boolean asksForTheTime(JavaMethodCall call) {
        boolean givenAClock = call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.getName().equals("java.time.Clock"));
        return isClock(call.getTargetOwner().getName(), call.getName(), !givenAClock);
    }

    private static boolean isClock(String owner, String method, boolean ofItsOwn) {
        return switch (owner) {
            case "java.lang.System" -> method.equals("currentTimeMillis");
            case "java.time.Clock" -> method.startsWith("system") || TICKING.contains(method);
            default -> owner.startsWith("java.time.") && method.equals("now") && ofItsOwn;
        };
    }

    /** Each library behind its own doors; SQL in the rooms whose plate names the database, in the corridors and on the doorsteps
     *  that hand a connection on, and where DuckDB writes files. */
    static List<String> libraries(House house) {
        List<String> broken = new ArrayList<>();
        for (String at : house.packages()) {
            String room = house.findRoom(at).orElse("");
            Set<String> touched = house.touched(at);
            DOORS.forEach((library, doors) -> {
                if (opens(touched, library) && !doors.contains(room) && !doors.contains(lastPart(room))) {
                    broken.add(at + " opens " + library + ", which has doors in " + doors + " only");
                }
            });
            boolean seesTheDatabase = mayUse(house, at).stream().anyMatch(other -> module(other).equals("sql"))
                    || module(room).equals("sql") || room.equals("analytics.publish") || lastPart(room).equals("flow") || lastPart(room).equals("boot");
            SQL.stream().filter(library -> !seesTheDatabase && opens(touched, library))
                    .forEach(library -> broken.add(at + " opens " + library + " and its plate does not name sql"));
        }
        return broken;
    }

    private static boolean opens(Collection<String> touched, String library) {
        Predicate<String> inside = name -> (name + ".").startsWith(library.endsWith(".") ? library : library + ".");
        return touched.stream().anyMatch(inside);
    }

    /** Every class has a comment. */
    static List<String> comments(House house) {
        List<String> broken = new ArrayList<>();
        for (SourceFile source : house.sources()) {
            source.types().stream().filter(type -> !type.isCommented())
                    .forEach(type -> broken.add(source.packageName() + "." + type.name() + " has no comment"));
        }
        return broken;
    }

    /** A test is named method_condition_outcome; where nothing is conditional, method_outcome. */
    static List<String> testNames(House house) {
        List<String> broken = new ArrayList<>();
        for (SourceFile source : house.tests()) {
            source.methods().stream().filter(method -> method.isTest() && !TEST_NAME.matcher(method.name()).matches())
                    .forEach(method -> broken.add(source.file() + ": " + method.name() + " is not method_condition_outcome"));
        }
        return broken;
    }

    private static Set<String> mayUse(House house, String packageName) {
        return house.findPlate(packageName).map(plate -> Set.of(plate.mayUse())).orElse(Set.of());
    }

    private static String module(String room) {
        return room.contains(".") ? room.substring(0, room.indexOf('.')) : room;
    }

    private static String lastPart(String room) {
        return room.substring(room.lastIndexOf('.') + 1);
    }
}
