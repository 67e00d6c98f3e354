package grusim;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import grusim.engine.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The arrows between packages and the habits of the code that a machine can check. */
@AnalyzeClasses(packages = "grusim", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** Packages of the simulated machine, from the engine up: what decides how a run goes. */
    private static final String[] MODEL = {
        "grusim.engine..",
        "grusim.machine..",
        "grusim.notifier..",
        "grusim.gru..",
        "grusim.linux..",
        "grusim.driver..",
        "grusim.protocol..",
        "grusim.xpmem..",
        "grusim.mpt..",
        "grusim.contract.."
    };

    /** With what runs and explores simulations: several at a time, and with an eye on the host's clock. */
    private static final String[] CORE = withRunners();

    private static String[] withRunners() {
        String[] core = Arrays.copyOf(MODEL, MODEL.length + 2);
        core[MODEL.length] = "grusim.run..";
        core[MODEL.length + 1] = "grusim.explore..";
        return core;
    }

    /** The package may use these packages of the project and itself, besides the JDK and libraries. */
    private static ArchRule mayUse(String room, String... allowed) {
        List<String> inside = new ArrayList<>(List.of(allowed));
        inside.add("grusim." + room + "..");
        return noClasses()
                .that()
                .resideInAPackage("grusim." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("grusim..")
                        .and(DescribedPredicate.not(resideInAnyPackage(inside.toArray(String[]::new)))))
                .as(room + " uses only " + inside)
                .allowEmptyShould(true);
    }

    // ---- modules ----

    @ArchTest
    static final ArchRule isa = classes()
            .that()
            .resideInAPackage("grusim.isa..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("grusim.isa..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule workloads = mayUse("workload", "grusim.isa..");

    @ArchTest
    static final ArchRule results = mayUse("result");

    // ---- packages of the core, from the bottom up ----

    @ArchTest
    static final ArchRule engine = classes()
            .that()
            .resideInAPackage("grusim.engine..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("grusim.engine..", "java..", "org.jspecify..", "org.apache.commons.rng..");

    @ArchTest
    static final ArchRule machine =
            mayUse("machine", "grusim.engine..", "grusim.isa..", "grusim.workload..", "grusim.result..");

    @ArchTest
    static final ArchRule notifier = mayUse("notifier", "grusim.engine..");

    @ArchTest
    static final ArchRule device = mayUse(
            "gru", "grusim.engine..", "grusim.machine..", "grusim.isa..", "grusim.workload..", "grusim.result..");

    @ArchTest
    static final ArchRule vm = mayUse(
            "linux",
            "grusim.engine..",
            "grusim.machine..",
            "grusim.notifier..",
            "grusim.workload..",
            "grusim.result..");

    @ArchTest
    static final ArchRule locks = mayUse("linux.lock", "grusim.engine..");

    @ArchTest
    static final ArchRule readCopyUpdate = mayUse("linux.rcu", "grusim.engine..", "grusim.workload..");

    @ArchTest
    static final ArchRule driver = mayUse(
            "driver",
            "grusim.engine..",
            "grusim.machine..",
            "grusim.notifier..",
            "grusim.gru..",
            "grusim.linux..",
            "grusim.isa..",
            "grusim.workload..",
            "grusim.result..");

    /** The contract knows what was done, never what was configured. */
    @ArchTest
    static final ArchRule contract = mayUse(
            "contract",
            "grusim.engine..",
            "grusim.machine..",
            "grusim.notifier..",
            "grusim.gru..",
            "grusim.linux..",
            "grusim.driver..",
            "grusim.protocol..",
            "grusim.xpmem..",
            "grusim.mpt..",
            "grusim.isa..");

    /** The explorer walks any simulation and knows no model. */
    @ArchTest
    static final ArchRule explore = mayUse("explore", "grusim.engine..");

    @ArchTest
    static final ArchRule nobodyBelowKnowsTheRun = noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("grusim.run..", "grusim.cli..");

    /** What a scenario is claimed to come out as is known to nobody who finds out. */
    @ArchTest
    static final ArchRule nobodyWhoChecksKnowsTheClaims = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("grusim\\.workload\\.Expectation(\\$.*)?");

    @ArchTest
    static final ArchRule noCycles = slices().matching("grusim.(*)..").should().beFreeOfCycles();

    // ---- habits ----

    @ArchTest
    static final ArchRule nothingMutableIsStatic = fields().that()
            .areStatic()
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beFinal()
            .andShould(holdNoState());

    private static ArchCondition<JavaField> holdNoState() {
        return new ArchCondition<>("hold no state") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass type = field.getRawType();
                boolean open = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                boolean mutable = type.isAssignableTo(Stateful.class)
                        || type.isAssignableTo(StringBuilder.class)
                        || type.getPackageName().startsWith("java.util.concurrent")
                        || (!type.isInterface()
                                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)));
                events.add(new SimpleConditionEvent(
                        field, !open && !mutable, field.getFullName() + " is a static " + type.getName()));
            }
        };
    }

    @ArchTest
    static final ArchRule randomNumbersComeFromNamedStreams = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.SplittableRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule simulatedTimeIsTheOnlyClock = noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.time..");

    /** Their order depends on hashes, that of Set.of and Map.of even on the virtual machine's start. */
    @ArchTest
    static final ArchRule hashOrderIsNeverWalked =
            classes().that().resideInAnyPackage(CORE).should(notWalkHashes());

    private static final Set<String> HASHED =
            Set.of("java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap", "java.util.WeakHashMap");
    private static final Set<String> WALKED =
            Set.of("java.util.Map", "java.util.Set", "java.util.Collection", "java.lang.Iterable");
    private static final Set<String> WALKS =
            Set.of("entrySet", "keySet", "values", "forEach", "iterator", "stream", "toArray");

    private static ArchCondition<JavaClass> notWalkHashes() {
        return new ArchCondition<>("not walk collections in the order of hashes") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<JavaMethodCall> calls = type.getMethodCallsFromSelf();
                boolean hashed = type.getConstructorCallsFromSelf().stream()
                                .anyMatch(call ->
                                        HASHED.contains(call.getTargetOwner().getName()))
                        || calls.stream().anyMatch(ArchitectureTest::makesUnordered);
                for (JavaMethodCall call : calls) {
                    String owner = call.getTargetOwner().getName();
                    boolean walk = (WALKED.contains(owner) || HASHED.contains(owner)) && WALKS.contains(call.getName());
                    events.add(new SimpleConditionEvent(type, !(hashed && walk), call.getDescription()));
                }
            }
        };
    }

    private static boolean makesUnordered(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        return (owner.equals("java.util.Map") || owner.equals("java.util.Set"))
                && Set.of("of", "ofEntries", "copyOf").contains(call.getName());
    }

    /** Math's transcendental functions may differ between machines; StrictMath's do not. */
    @ArchTest
    static final ArchRule doublesAreTheSameEverywhere = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .accessTargetWhere(DescribedPredicate.describe(
                    "a function of Math that differs between machines",
                    access -> access.getTargetOwner().isEquivalentTo(Math.class)
                            && Set.of("log", "log10", "log1p", "exp", "expm1", "pow", "sin", "cos", "tan", "cbrt")
                                    .contains(access.getName())));

    @ArchTest
    static final ArchRule modelsNeedNoReflection = noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .orShould()
            .callMethod(Class.class, "forName", String.class);

    @ArchTest
    static final ArchRule oneThreadPerSimulation = noClasses()
            .that()
            .resideInAnyPackage(MODEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class);

    @ArchTest
    static final ArchRule nullnessIsMarked = classes()
            .that()
            .resideInAPackage("grusim..")
            .should(new ArchCondition<>("lie in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(
                            type,
                            type.getPackage().isAnnotatedWith(NullMarked.class),
                            type.getPackageName() + " has no package-info with @NullMarked"));
                }
            });
}
